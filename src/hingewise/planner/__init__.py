"""Plans and their steps: from answers to sessions, from what was done to the next dose."""
