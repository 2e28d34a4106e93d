"""Ways in besides signing in: a new password by mail, an invitation, and the very first start."""
