"""A county clerk brings a package in, mends it, looks a household up and prints its certificate."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="session")
def packages(installation, tmp_path_factory) -> dict[str, Path]:
    """The same county with faults, and mended with some more households."""
    folder = tmp_path_factory.mktemp("packages")
    faulty, mended = folder / "faulty.zip", folder / "mended.zip"
    installation.run(
        "demo-county", "211282", faulty, "--households", 120, "--seed", 4, "--defects", 12
    )
    installation.run("demo-county", "211223", mended, "--households", 160, "--seed", 9)
    return {"faulty": faulty, "mended": mended}


def bring_in(page, package: Path) -> None:
    page.goto("/land/imports/new/")
    page.set_input_files("input[type=file]", str(package))
    page.click("form[enctype] button[type=submit], form[enctype] button.main")
    page.wait_for_url("**/land/imports/*/")
    page.wait_for_selector("#progress", state="detached", timeout=90_000)


def test_from_a_faulty_package_to_a_printed_certificate(visit, packages, tmp_path):
    page = visit("county")

    # Another county's package is not this office's business.
    bring_in(page, packages["faulty"])
    assert "不在您的辖区内" in page.inner_text("main")

    # A sound one is checked, previewed and applied.
    bring_in(page, packages["mended"])
    assert "已检查" in page.inner_text("main")
    assert "新增" in page.inner_text("main")
    page.click("text=入库")
    page.wait_for_selector("#progress", state="detached", timeout=90_000)
    page.reload()
    assert "已入库" in page.inner_text(".state")

    # The same file again: nothing is done, and the page says when it was.
    page.goto("/land/imports/new/")
    page.set_input_files("input[type=file]", str(packages["mended"]))
    page.click("form[enctype] button.main")
    assert "本次未作处理" in page.inner_text("main")

    # A household by the beginning of its pinyin.
    page.goto("/land/contractors/")
    name = page.inner_text("tbody tr:nth-child(1) td:nth-child(2)")
    page.goto(f"/search/?q={name}")
    page.click(f"main a:has-text('{name}') >> nth=0")
    page.wait_for_selector("h1")
    assert name in page.inner_text("h1")

    # Its parcel from the map.
    page.wait_for_selector("[data-ready=yes]")
    page.click("tbody tr:nth-child(1) td:nth-child(1) a")
    page.wait_for_selector("[data-ready=yes]")
    box = page.query_selector(".map-view").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".map-panel:not([hidden]) a")
    page.click(".map-panel a.main")
    page.wait_for_selector("h1")

    # The certificate of its holder, on paper.
    page.goto("/land/contractors/")
    page.click("tbody tr:nth-child(1) td:nth-child(1) a")
    address = page.get_attribute("text=打印权证", "href")
    paper = page.request.get(address)
    assert paper.status == 200
    assert paper.body().startswith(b"%PDF")

    # And in English, on the same page.
    page.click("text=English")
    page.wait_for_selector("html[lang=en]")
    assert "Contracted parcels" in page.inner_text("main")


def test_faults_are_told_with_a_marked_workbook(visit, installation, tmp_path):
    faulty = tmp_path / "faulty.zip"
    installation.run(
        "demo-county", "211223", faulty, "--households", 120, "--seed", 4, "--defects", 12
    )
    page = visit("county")
    bring_in(page, faulty)
    text = page.inner_text("main")
    assert "未入库" in text
    assert "value.missing" in text
    with page.expect_download() as waiting:
        page.click("text=下载标注问题的表格")
    book = tmp_path / "problems.xlsx"
    waiting.value.save_as(book)
    import openpyxl

    sheets = openpyxl.load_workbook(book).sheetnames
    assert len(sheets) > 1


def test_a_clerk_of_another_township_sees_none_of_it_by_any_address(visit):
    county = visit("county")
    county.goto("/land/contractors/?sort=-code")
    far = county.get_attribute("tbody tr:nth-child(1) td:nth-child(1) a", "href")
    county.goto(far)
    parcel = county.get_attribute("tbody tr:nth-child(1) td:nth-child(1) a", "href")
    code = far.split("/")[3]
    clerk = visit("township")
    for address in (
        far, parcel, f"/land/papers/certificate/{code}.pdf", f"/land/papers/sketch/{code}.pdf",
        f"/land/summaries/{code[:9]}/", f"/land/summaries/{code[:12]}.xlsx",
        f"/land/map/panel/?code={parcel.split('/')[3]}",
    ):  # fmt: skip
        assert clerk.request.get(address).status == 404, address
    found = clerk.request.get(f"/search/?q={code}").text()
    assert f"/land/contractors/{code}/" not in found
    shapes = clerk.request.get(f"/land/map/shapes/?codes={parcel.split('/')[3]}").json()
    assert shapes["features"] == []


PAGES = ("/", "/land/", "/land/contractors/", "/land/parcels/", "/land/map/", "/land/summaries/211223/",
         "/land/imports/", "/land/imports/new/", "/places/211223/", "/search/?q=wang")  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_no_page_scrolls_sideways_or_shuts_anybody_out(visit, language, width):
    page = visit("county", language=language, width=width)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, address
        page.add_script_tag(content=AXE.read_text())
        found = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
        )
        serious = [
            (entry["id"], entry["nodes"][0]["html"][:120])
            for entry in found["violations"]
            if entry["impact"] in {"serious", "critical"}
        ]
        assert serious == [], address
