"""Engine, declarative base, column types and our own PostgreSQL; knows no tenant."""
