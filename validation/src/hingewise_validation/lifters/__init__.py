"""Simulated lifters: they follow a plan for half a year, each in a way of their own."""
