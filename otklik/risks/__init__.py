"""Information risks: seen, told, verified, answered, watched and closed; facts about problems, never about persons."""
