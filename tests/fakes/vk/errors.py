"""How the fake VK refuses."""


class ApiError(Exception):
    """An error of the API."""

    def __init__(self, code: int, words: str = "refused") -> None:
        super().__init__(words)
        self.code = code
