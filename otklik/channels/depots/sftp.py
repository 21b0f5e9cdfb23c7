"""A folder of an SFTP server. The server is known by its key, given beforehand: a stranger gets no password of ours."""

import base64
import binascii
import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from stat import S_ISREG
from typing import IO, Any

from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.depots.base import MOST_FILES, PIECE, Left, is_meant

SECONDS = 20
NO_KEY = (
    "Не задан ключ сервера SFTP: узнайте его у владельца сервера (ssh-keyscan -t ed25519 АДРЕС) "
    "и впишите в host_key."
)


class SftpDepot:
    """Files of one folder of the server."""

    def __init__(self, client: Any, folder: str) -> None:
        self.client = client
        self.folder = folder.rstrip("/") or "."

    def look(self) -> list[Left]:
        with _told(self.folder):
            listed = self.client.listdir_attr(self.folder)
        files = [one for one in listed if S_ISREG(one.st_mode or 0) and is_meant(one.filename)]
        found = [Left(one.filename, one.st_size or 0, str(one.st_mtime)) for one in files]
        return sorted(found, key=lambda left: left.name)[:MOST_FILES]

    def read(self, left: Left, out: IO[bytes]) -> None:
        with _told(left.name), self.client.open(f"{self.folder}/{left.name}", "rb") as file:
            file.prefetch(left.size)
            while piece := file.read(PIECE):
                out.write(piece)

    def put(self, name: str, content: bytes) -> str:
        path, part = f"{self.folder}/{name}", f"{self.folder}/.{name}.part"
        with _told(name):
            with self.client.open(part, "wb") as file:
                file.write(content)
            self.client.posix_rename(part, path)
        return f"SFTP {path}"


@contextmanager
def open_sftp(account: Account) -> Iterator[SftpDepot]:
    """The folder of the channel's settings: host, port, user, host_key, folder; password or key are secrets."""
    # Heavy and wanted by the worker alone: pages never open a depot.
    import paramiko

    given, secrets = account.settings, account.secrets
    host, port = str(given.get("host") or ""), int(given.get("port") or 22)
    if not host:
        raise Unreachable("Не задан адрес сервера SFTP: впишите host.")
    known = _known_key(str(given.get("host_key") or ""))
    transport = None
    try:
        line = socket.create_connection((host, port), timeout=SECONDS)
        transport = paramiko.Transport(line)
        transport.banner_timeout = transport.auth_timeout = SECONDS
        transport.start_client(timeout=SECONDS)
        shown = transport.get_remote_server_key()
        if shown.asbytes() != known:
            raise Unreachable(f"Сервер {host} показал чужой ключ: сверьте host_key с владельцем сервера.")
        user = str(given.get("user") or "")
        if secrets.get("key"):
            transport.auth_publickey(user, _private(secrets["key"]))
        else:
            transport.auth_password(user, secrets.get("password", ""))
        client = paramiko.SFTPClient.from_transport(transport)
        if client is None:
            raise Unreachable(f"Сервер {host} не открывает SFTP: попросите владельца включить его.")
        if channel := client.get_channel():
            channel.settimeout(SECONDS)
        yield SftpDepot(client, str(given.get("folder") or "."))
    except paramiko.AuthenticationException as error:
        raise Unreachable(f"Сервер {host} не принял имя и пароль: проверьте их.") from error
    except (OSError, EOFError, paramiko.SSHException) as error:
        raise Unreachable(f"Сервер SFTP {host}:{port} не отвечает: проверьте адрес и сеть.") from error
    finally:
        if transport is not None:
            transport.close()


def _known_key(line: str) -> bytes:
    """The server's key of a line like «ssh-ed25519 AAAA…», with the host's name before it or without."""
    if not line.strip():
        raise Unreachable(NO_KEY)
    try:
        return base64.b64decode(next(part for part in line.split() if part.startswith("AAAA")), validate=True)
    except (StopIteration, binascii.Error):
        raise Unreachable("Ключ сервера SFTP записан не так: нужна строка «ssh-ed25519 AAAA…».") from None


def _private(text: str) -> Any:
    import paramiko

    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return kind.from_private_key(io.StringIO(text))
        except paramiko.SSHException:
            continue
    raise Unreachable("Ключ SFTP не читается: нужен ключ OpenSSH без пароля.")


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise Unreachable(f"SFTP: нет прав на «{name}», попросите их у владельца сервера.") from error
    except FileNotFoundError as error:
        raise Unreachable(f"SFTP: «{name}» не найдено, проверьте настройку folder.") from error
