"""What to ask residents first: questions found in problem points, the heat map and growth, with their priority."""
