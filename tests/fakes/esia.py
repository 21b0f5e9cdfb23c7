"""ЕСИА as a client sees it: discovery, sign-in page, token, keys, the person; each request must be signed anew.

The shape of `client_secret`, `timestamp` and `state` is from the public methodical recommendations. The stand takes RSA
where the real one takes GOST.
"""

import base64
import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from tests.fakes.service import Service

CLIENT = "OTKLIK01"
STAMP = re.compile(r"\d{4}\.\d{2}\.\d{2} \d{2}:\d{2}:\d{2} [+-]\d{4}")
ASKED = "openid fullname email mobile"
PERSON = {
    "given_name": "Имя",
    "family_name": "Фамилия",
    "middle_name": "Отчество",
    "email": "citizen@example.org",
    "phone_number": "+7 900 000-00-05",
    "trusted": True,
}


class Esia(Service):
    """`person` is who sits at the browser; `refuses` is the button «Отказать»."""

    name: ClassVar[str] = "esia"

    def __init__(self) -> None:
        super().__init__()
        self.person: dict[str, Any] = dict(PERSON)
        self.oid = "1000000005"
        self.refuses = False
        self.is_forged = False
        self.client_key, self.certificate = _pair(CLIENT)
        self._own_key, _ = _pair("stand")
        self._codes: dict[str, str] = {}
        self._tokens: set[str] = set()
        self._states: set[str] = set()

    def write_pair(self, folder: Path) -> tuple[str, str]:
        """The client's key and certificate as files: what the administrator of an installation has."""
        key, certificate = folder / "key.pem", folder / "cert.pem"
        form = serialization.PrivateFormat.PKCS8
        plain = serialization.NoEncryption()
        key.write_bytes(self.client_key.private_bytes(serialization.Encoding.PEM, form, plain))
        certificate.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return str(key), str(certificate)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/.well-known/openid-configuration", self.discovery),
            web.get("/aas/oauth2/ac", self.authorize),
            web.post("/aas/oauth2/te", self.token),
            web.get("/keys", self.keys),
            web.get("/rs/prns/me", self.userinfo),
        ]

    async def discovery(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.base,
                "authorization_endpoint": f"{self.base}/aas/oauth2/ac",
                "token_endpoint": f"{self.base}/aas/oauth2/te",
                "jwks_uri": f"{self.base}/keys",
                "userinfo_endpoint": f"{self.base}/rs/prns/me",
            }
        )

    async def authorize(self, request: web.Request) -> web.Response:
        query = request.query
        if fault := self._fault(dict(query)):
            return web.json_response({"error": fault}, status=400)
        back: dict[str, str] = {"state": query["state"]}
        if self.refuses:
            back |= {"error": "access_denied"}
        else:
            code = uuid.uuid4().hex
            self._codes[code] = query["redirect_uri"]
            back |= {"code": code}
        raise web.HTTPFound(f"{query['redirect_uri']}?{urlencode(back)}")

    async def token(self, request: web.Request) -> web.Response:
        data = {name: str(value) for name, value in (await request.post()).items()}
        if fault := self._fault(data):
            return web.json_response({"error": fault}, status=400)
        # A code is taken once.
        if self._codes.pop(data.get("code", ""), None) != data.get("redirect_uri"):
            return web.json_response({"error": "ESIA-007004"}, status=400)
        access = uuid.uuid4().hex
        self._tokens.add(access)
        claims = {
            "iss": self.base,
            "aud": CLIENT,
            "sub": self.oid,
            "urn:esia:sbj_id": self.oid,
            "exp": datetime.now(UTC) + timedelta(minutes=5),
        }
        key = _pair("thief")[0] if self.is_forged else self._own_key
        id_token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": "stand"})
        answer = {"access_token": access, "id_token": id_token, "token_type": "Bearer", "expires_in": 300}
        return web.json_response(answer)

    async def keys(self, _request: web.Request) -> web.Response:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self._own_key.public_key(), as_dict=True)
        return web.json_response({"keys": [{**key, "kid": "stand", "alg": "RS256", "use": "sig"}]})

    async def userinfo(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self._tokens:
            raise web.HTTPUnauthorized
        return web.json_response({"sub": self.oid, **self.person})

    def _fault(self, given: dict[str, str]) -> str:
        """What is wrong with a request, by the codes a client would see; each state is taken once."""
        scope, stamp, state = given.get("scope", ""), given.get("timestamp", ""), given.get("state", "")
        if given.get("client_id") != CLIENT or scope != ASKED:
            return "ESIA-007003"
        if not STAMP.fullmatch(stamp) or state in self._states or str(uuid.UUID(state)) != state:
            return "ESIA-007019"
        self._states.add(state)
        words = f"{scope}{stamp}{CLIENT}{state}".encode()
        signed = base64.urlsafe_b64encode(self._signature(words)).decode().rstrip("=")
        return "" if given.get("client_secret") == signed else "ESIA-007053"

    def _signature(self, words: bytes) -> bytes:
        # Without attributes a signature of PKCS#1 v1.5 is the same each time, so it can be compared.
        builder = pkcs7.PKCS7SignatureBuilder().set_data(words)
        builder = builder.add_signer(self.certificate, self.client_key, hashes.SHA256())
        options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.NoAttributes]
        return builder.sign(serialization.Encoding.DER, options)


def _pair(name: str) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
    return key, builder.sign(key, hashes.SHA256())
