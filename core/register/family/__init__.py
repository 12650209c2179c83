"""A child's parents and caregivers, and what their situation proposes."""
