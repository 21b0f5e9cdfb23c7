"""A mail service: one box read by IMAP, letters taken by SMTP, people who write, answer and move away.

Speaks as much of IMAP4rev1 (RFC 3501) and SMTP (RFC 5321) as `imap-tools` and `smtplib` ask for; UIDs only grow,
flags are kept, UIDVALIDITY may be changed by a test.
"""

from tests.fakes.mail.office import PASSWORD, USER
from tests.fakes.mail.service import Mail

__all__ = ["PASSWORD", "USER", "Mail"]
