"""An SFTP server of one flat folder, spoken by paramiko's own server side, in threads beside the fake network."""

import socket
import threading
from types import TracebackType
from typing import Any, Self

import paramiko
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_SUCCEEDED
from paramiko.sftp import SFTP_NO_SUCH_FILE, SFTP_OK
from typing_extensions import Buffer

USER, PASSWORD = "otklik", "sftp-secret"
HOST = "127.0.0.1"


class Door(paramiko.ServerInterface):
    """Lets in by the one name and password."""

    def check_auth_password(self, username: str, password: str) -> int:
        known = (username, password) == (USER, PASSWORD)
        return AUTH_SUCCESSFUL if known else AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return OPEN_SUCCEEDED


class Handle(paramiko.SFTPHandle):
    """An open file in memory; what was written is kept when it is closed."""

    def __init__(self, files: dict[str, bytes], name: str, is_written: bool) -> None:
        super().__init__()
        self.files, self.name, self.is_written = files, name, is_written
        self.content = bytearray(b"" if is_written else files[name])

    def read(self, offset: int, length: int) -> bytes:
        return bytes(self.content[offset : offset + length])

    def write(self, offset: int, data: Buffer) -> int:
        self.content[offset : offset + len(bytes(data))] = bytes(data)
        return SFTP_OK

    def stat(self) -> paramiko.SFTPAttributes:
        return attributes(self.name, bytes(self.content))

    def close(self) -> None:
        if self.is_written:
            self.files[self.name] = bytes(self.content)


def attributes(name: str, content: bytes) -> paramiko.SFTPAttributes:
    given = paramiko.SFTPAttributes()
    given.filename, given.st_mode, given.st_size, given.st_mtime = name, 0o100644, len(content), 1
    given.st_atime = 1
    return given


class Files(paramiko.SFTPServerInterface):
    """The folder itself."""

    def __init__(self, server: Door, files: dict[str, bytes]) -> None:
        super().__init__(server)
        self.files = files

    def list_folder(self, path: str) -> list[paramiko.SFTPAttributes]:
        return [attributes(name, content) for name, content in self.files.items()]

    def stat(self, path: str) -> Any:
        name = path.rsplit("/", 1)[-1]
        return attributes(name, self.files[name]) if name in self.files else SFTP_NO_SUCH_FILE

    lstat = stat

    def open(self, path: str, flags: int, attr: paramiko.SFTPAttributes) -> Any:
        name, is_written = path.rsplit("/", 1)[-1], bool(flags & 1)
        if not is_written and name not in self.files:
            return SFTP_NO_SUCH_FILE
        return Handle(self.files, name, is_written)

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        self.files[newpath.rsplit("/", 1)[-1]] = self.files.pop(oldpath.rsplit("/", 1)[-1])
        return SFTP_OK


class Sftp:
    """`with Sftp() as server:` — `files` is the folder, `host_key` the line a client must know beforehand."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._key = paramiko.ECDSAKey.generate()
        self.host_key = f"{self._key.get_name()} {self._key.get_base64()}"
        self._listening = socket.create_server((HOST, 0))
        self.port: int = self._listening.getsockname()[1]
        self._transports: list[paramiko.Transport] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, name="fake-sftp", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.close()
        for transport in self._transports:
            transport.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            transport = paramiko.Transport(line)
            self._transports.append(transport)
            transport.add_server_key(self._key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Files, self.files)
            try:
                transport.start_server(server=Door())
            except (OSError, EOFError, paramiko.SSHException):
                transport.close()
