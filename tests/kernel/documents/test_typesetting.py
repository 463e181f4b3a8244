"""Papers come out the same from the same data, and say what to do where fonts are missing."""

from datetime import UTC, datetime

import pytest

from chengxiang.kernel.documents import FontsMissing, qr_png, typeset

DATED = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "paper.typ"
    path.write_text(
        '#let data = json(bytes(sys.inputs.data))\n#set text(font: "Noto Serif SC")\n'
        '#data.name #image(bytes(data.picture), format: "png")\n#pagebreak()\n二'
    )
    return path


DATA = {"name": "王德福 “#hack” \\ $x$", "picture": qr_png("http://x/land/papers/check/")}


def test_the_same_data_give_the_same_bytes(template):
    first = typeset(template, DATA, dated=DATED)
    assert first.startswith(b"%PDF")
    assert typeset(template, DATA, dated=DATED) == first
    assert typeset(template, DATA | {"name": "李"}, dated=DATED) != first


def test_pictures_come_one_a_page(template):
    pages = typeset(template, DATA, dated=DATED, form="png")
    assert [page[:4] for page in pages] == [b"\x89PNG"] * 2


def test_missing_fonts_are_a_refusal_that_names_the_remedy(template, settings, tmp_path):
    settings.HOME = tmp_path
    with pytest.raises(FontsMissing, match=r"NotoSerifSC_400Regular\.ttf") as refused:
        typeset(template, DATA, dated=DATED)
    assert refused.value.code == "documents.fonts_missing"
    assert "./cx prepare" in refused.value.message
