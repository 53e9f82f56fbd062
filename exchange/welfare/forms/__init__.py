"""What people enter about the life of students: one module per noun."""
