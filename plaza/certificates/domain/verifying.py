"""Whether a certificate is one, for anyone who holds its code."""

from plaza.certificates.models import Certificate


def verified(code: str) -> Certificate | None:
    """`code` as `codes.read_code` gives it. What the certificate itself says may be shown, and nothing else of hers."""
    return Certificate.objects.filter(code=code).select_related("meeting").first()
