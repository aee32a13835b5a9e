"""What the lifter moves, holds or leans on, drawn in every frame."""

from hingewise_validation.picture.equipment.anchors import Anchors
from hingewise_validation.picture.equipment.make import make_equipment
from hingewise_validation.picture.equipment.parts import Equipment

__all__ = ["Anchors", "Equipment", "make_equipment"]
