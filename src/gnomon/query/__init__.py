"""What is asked: complete, frozen questions with nothing left to default later."""
