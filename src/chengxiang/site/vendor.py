"""Which files of the npm packages the site and its papers use, and where they are put.

`npm ci` fetches the packages by the lockfile; nothing is built. Static files go to
`HOME/vendor`, served as `/static/vendor/…`; fonts for papers (Typst) to `HOME/fonts`.
"""

import re
import shutil
import sys
from pathlib import Path

from chengxiang.kernel import database

CHECKOUT = Path(__file__).parents[3]

# Place under HOME: place under node_modules.
FILES = {
    "vendor/ol/ol.js": "ol/dist/ol.js",
    "vendor/ol/ol.css": "ol/ol.css",
    "vendor/echarts/echarts.min.js": "echarts/dist/echarts.min.js",
    "vendor/htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "fonts/NotoSansSC_400Regular.ttf": "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "fonts/NotoSansSC_700Bold.ttf": "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "fonts/NotoSerifSC_400Regular.ttf": "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "fonts/NotoSerifSC_700Bold.ttf": "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
}
SCREEN_FONT = "@fontsource/noto-sans-sc"
SCREEN_WEIGHTS = (400, 600)
SCREEN_FONT_CSS = "vendor/fonts/noto-sans-sc.css"

_WOFF2 = re.compile(r"url\(\./files/([\w.-]+\.woff2)\)")
# Every browser that runs the rest of the page reads woff2, so the second source is dropped.
_OTHER_SOURCE = re.compile(r",\s*url\([^)]*\.woff\) format\('woff'\)")


def vendor(home: Path, packages: Path = CHECKOUT / "node_modules") -> int:
    """Number of files put under `home`; 0 where everything was in place already.

    Raises FileNotFoundError, saying to run `npm ci`, where a package is missing.
    """
    written = sum(_copy(packages / source, home / target) for target, source in FILES.items())
    css = ""
    for weight in SCREEN_WEIGHTS:
        source = packages / SCREEN_FONT / f"{weight}.css"
        _exists(source)
        css += _OTHER_SOURCE.sub("", source.read_text())
    folder = (home / SCREEN_FONT_CSS).parent / "files"
    for name in sorted(set(_WOFF2.findall(css))):
        written += _copy(packages / SCREEN_FONT / "files" / name, folder / name)
    target = home / SCREEN_FONT_CSS
    if not target.exists() or target.read_text() != css:
        target.write_text(css)
        written += 1
    return written


def _exists(path: Path) -> None:
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: run `npm ci` in {CHECKOUT}")


def _copy(source: Path, target: Path) -> int:
    _exists(source)
    there, new = target.stat() if target.exists() else None, source.stat()
    if there and there.st_size == new.st_size and there.st_mtime >= new.st_mtime:
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    return 1


if __name__ == "__main__":
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else database.home()
    print(f"{vendor(home)} files put under {home}")
