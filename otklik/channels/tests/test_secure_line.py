"""A line that must prove itself: an unknown root is told of in words, one the administrator trusts is believed."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from otklik.channels import outside
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.models import Channel

ACCOUNT = Account(Channel(kind="ecpur", title="Система"), {}, {})


class Page(BaseHTTPRequestHandler):
    """Says nothing worth hearing."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root of its own, that is the server's certificate too; the file holds the key besides."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "town")])
    now = datetime.now(UTC)
    told = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(told, critical=False).sign(key, hashes.SHA256())
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path / "root.pem"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + plain)
    return file


@pytest.fixture
def site(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(root)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    outside._client.cache_clear()
    yield f"127.0.0.1:{server.server_port}"
    outside._client.cache_clear()
    server.shutdown()
    server.server_close()


def test_an_unknown_root_is_told_of_in_words(site: str) -> None:
    with pytest.raises(Unreachable, match="не подтвердил себя"):
        outside.ask(ACCOUNT, "GET", f"https://{site}/")


def test_a_root_the_administrator_trusts_is_believed(
    site: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(root))
    assert outside.ask(ACCOUNT, "GET", f"https://{site}/").status_code == 200
