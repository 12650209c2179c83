"""Urgent incidents: reported in a minute without names, told upwards, acknowledged, followed."""
