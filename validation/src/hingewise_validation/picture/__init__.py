"""What the camera sees: clothes, equipment, room, light, film."""
