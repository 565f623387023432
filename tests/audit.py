"""`make audit`: whether a pinned package has a known weakness, as PyPI's service tells pip-audit.

Ends with 0 when each was asked about and none has, 1 when one has, 3 when the service did not answer for all: that is
no audit, and pip-audit alone calls it "No known vulnerabilities found".
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
COMMAND = ("-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json", "-r")


def verdict(said: str, complaint: str) -> tuple[int, str]:
    """Return exit code and words for what pip-audit printed, as JSON and on standard error."""
    try:
        asked = json.loads(said)["dependencies"]
    except (ValueError, KeyError):
        last = (complaint.strip().splitlines() or ["?"])[-1]
        return 3, f"未能审计：PyPI 的漏洞服务未应答 (the service did not answer)：{last}"
    weak = [f"{one['name']} {one['version']}：{of['id']}" for one in asked for of in one.get("vulns", ())]
    skipped = [one["name"] for one in asked if "skip_reason" in one]
    if weak:
        return 1, "已知漏洞 (known weaknesses)：\n" + "\n".join(weak)
    if skipped or not asked:
        return 3, (
            f"未能审计：PyPI 的漏洞服务对 {len(asked)} 个包中的 {len(skipped)} 个没有答复 (no answer)："
            f"{', '.join(skipped[:5])}…；请在能访问 pypi.org 的机器上再运行。"
        )
    return 0, f"{len(asked)} 个包均无已知漏洞 (no known weakness)。"


def main() -> int:
    """Ask, and tell."""
    done = subprocess.run(
        [sys.executable, *COMMAND, str(REQUIREMENTS)], capture_output=True, encoding="utf-8", check=False
    )
    code, words = verdict(done.stdout, done.stderr)
    print(words)
    return code


if __name__ == "__main__":
    sys.exit(main())
