"""The port of the signature: ЕСИА takes a detached CMS of our words, and by law it is a GOST one.

No GOST cryptography of ours: a certified tool signs, called as a command (docs/recipes/sign-for-esia.md). `KeySigner`
is for a region's own server or a test stand that takes RSA.
"""

import subprocess
from functools import cache
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from django.conf import settings
from django.utils.module_loading import import_string

SECONDS = 15


class SigningError(Exception):
    """The words were not signed, in Russian: what the administrator mends."""


class Signer(Protocol):
    """Signs words; the answer is a detached CMS (PKCS#7) in DER. Raises SigningError."""

    def sign(self, words: bytes) -> bytes: ...


class CommandSigner:
    """Runs ESIA_SIGN_COMMAND, a list of words without a shell: words come to its input, the CMS is its output."""

    def sign(self, words: bytes) -> bytes:
        command: list[str] = settings.ESIA_SIGN_COMMAND
        if not command:
            raise SigningError(
                "Не задана команда подписи ESIA_SIGN_COMMAND: без неё Госуслуги нас не узнают."
            )
        try:
            done = subprocess.run(command, input=words, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  the administrator's own command, no shell
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SigningError("Команда подписи не запустилась: проверьте ESIA_SIGN_COMMAND.") from error
        if done.returncode or not done.stdout:
            raise SigningError("Команда подписи вернула ошибку: проверьте контейнер ключа и его пароль.")
        return done.stdout


class KeySigner:
    """Signs by an RSA key and its certificate from files ESIA_KEY_PATH and ESIA_CERT_PATH (PEM)."""

    def sign(self, words: bytes) -> bytes:
        key, certificate = _pair(settings.ESIA_KEY_PATH, settings.ESIA_CERT_PATH)
        builder = pkcs7.PKCS7SignatureBuilder().set_data(words).add_signer(certificate, key, hashes.SHA256())
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.NoAttributes]
        return builder.sign(serialization.Encoding.DER, options)


@cache
def _pair(key_file: str, certificate_file: str) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    try:
        key = serialization.load_pem_private_key(Path(key_file).read_bytes(), None)
        certificate = x509.load_pem_x509_certificate(Path(certificate_file).read_bytes())
    except (OSError, ValueError) as error:
        raise SigningError("Ключ или сертификат для Госуслуг не читается: проверьте их файлы.") from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise SigningError("Ключ для Госуслуг не RSA: для ГОСТ задайте команду подписи.")
    return key, certificate


def signer() -> Signer:
    """The installation's signer: a dotted path in ESIA_SIGNER."""
    made: Signer = import_string(settings.ESIA_SIGNER)()
    return made
