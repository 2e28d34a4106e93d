"""The nouns: frozen values that the rooms above hand to each other."""
