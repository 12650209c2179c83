"""What changes while a child is followed: school, status, poverty, the commune."""
