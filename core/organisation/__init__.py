"""Who works for children and where: committees, posts, collaborators, clubs, services, points."""
