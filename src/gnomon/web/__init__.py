"""HTTP: who asks, what arrived, what goes back."""
