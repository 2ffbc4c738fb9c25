"""The look: the few files used of Aksel, its icons and the font, fetched and checked, never committed."""

import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from launcher.environment import PYTHON, make_environment
from launcher.steps import ROOT, Stop, run, step, variables, works

VENDOR = ROOT / "static" / "vendor"
FOLDERS = {"@navikt/ds-css": "aksel", "@fontsource-variable/source-sans-3": "fonts"}


def fetch_look(*, update: bool = False) -> None:
    """Copy the files named in static/vendor.txt to static/vendor/ and check each against static/vendor.sha256."""
    hashes = ROOT / "static" / "vendor.sha256"
    if not update and sums(VENDOR) == hashes.read_text():
        return
    with step("fetched the look (Aksel, icons, font)"), tempfile.TemporaryDirectory(prefix="nyvei-") as name:
        folder = Path(name)
        for part in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / part, folder)
        npm_ci(folder)
        fill(folder / "vendor", folder / "node_modules")
        if update:
            hashes.write_text(sums(folder / "vendor"))
        wrong = set(sums(folder / "vendor").splitlines()) ^ set(hashes.read_text().splitlines())
        if wrong:
            raise Stop(
                f"Files of the look differ from static/vendor.sha256: {', '.join(sorted({line.split()[1] for line in wrong}))}. "
                "If you changed the list or the versions on purpose: python3 run.py vendor --update"
            )
        shutil.rmtree(VENDOR, ignore_errors=True)
        shutil.copytree(folder / "vendor", VENDOR)


def npm_ci(folder: Path) -> None:
    """Install the locked packages without their scripts: with npm on PATH, else with a Node.js in a throw-away environment."""
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if works("npm", *options, cwd=folder):
        return
    if not works(PYTHON, "-m", "venv", folder / "node"):
        make_environment("requirements.txt")
        run(PYTHON, "-m", "venv", "--without-pip", folder / "node", otherwise="Install Node.js 20 or newer with npm and start again.")
    python = folder / "node" / "bin" / "python"
    pip = [python, "-m", "pip"] if works(python, "-m", "pip", "--version") else [sys.executable, "-m", "pip", "--python", python]
    run(
        *pip,
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
        "-r",
        ROOT / "requirements-look.txt",
        otherwise="Is there a network? Else install Node.js 20 or newer with npm and start again.",
    )
    path = f"{python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    run(
        python.parent / "npm",
        *options,
        cwd=folder,
        env=variables(PATH=path),
        otherwise="The packages of package-lock.json could not be fetched; is there a network?",
    )


def fill(target: Path, packages: Path) -> None:
    """Copy what static/vendor.txt names, with the licences. Aksel's packages hold none, so its text stands in static/vendor-license.txt."""
    for line in (ROOT / "static" / "vendor.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        source = packages / line if "/" in line else packages / "@navikt/aksel-icons/dist/svg" / f"{line}.svg"
        folder = FOLDERS["/".join(line.split("/")[:2])] if "/" in line else "icons"
        if not source.is_file():
            raise Stop(f"static/vendor.txt names «{line}», which the packages do not hold. Look for its name in their list of files.")
        (target / folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target / folder / source.name)
    for folder in ("aksel", "icons"):
        shutil.copyfile(ROOT / "static" / "vendor-license.txt", target / folder / "LICENSE")


def sums(folder: Path) -> str:
    """One line per file, as `sha256sum` writes them."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in files)
