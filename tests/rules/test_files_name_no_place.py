"""The project speaks of itself: no registry's host name and no path of somebody's machine in any file of ours."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# put together here, so that this file does not find itself
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("deb", "debian", "org"),
    )
]
PATHS = [f"/{name}/" for name in ("root", "home", "work", "Users", "opt")]
FORBIDDEN = re.compile("|".join([*(re.escape(host) for host in HOSTS), *(rf"(?<![\w.>}}]){path}\w" for path in PATHS)]))


def our_files():
    """What is or would be committed."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines()]
    skipped = {".venv", ".git", "var", "vendor", "node_modules", "__pycache__"}
    return [path for path in ROOT.rglob("*") if not skipped & set(path.relative_to(ROOT).parts)]


def test_no_file_names_a_registry_or_a_path_of_a_machine():
    found = []
    for path in our_files():
        if not path.is_file() or path.suffix in {".png", ".jpg", ".pdf", ".woff2", ".mo", ".sqlite3"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if FORBIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_the_rule_finds_what_it_forbids():
    for text in (f"see {HOSTS[0]}/simple", f"open {PATHS[0]}x", f'"{PATHS[2]}main/x"'):
        assert FORBIDDEN.search(text), text
    assert not FORBIDDEN.search("path('my/work/', view)")
