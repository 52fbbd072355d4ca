"""The picture that social networks show."""

from io import BytesIO

from PIL import Image

from tequio.portal.social import SIZE, _font, draw, wrap

LONG = "Reglas de operación claras, iguales y sin corrupción para los programas que apoyan a organizaciones civiles"


def test_the_picture_has_the_size_that_networks_ask_for_and_fits_a_phone() -> None:
    picture = draw(title=LONG, place="Jalisco", lights=[("green", "Cumplida"), ("grey", "Sin reporte")])
    with Image.open(BytesIO(picture)) as image:
        assert (image.format, image.size) == ("PNG", SIZE)
    assert len(picture) < 150_000


def test_the_same_words_give_the_same_bytes_and_another_light_gives_others() -> None:
    one, again, other = (
        draw(title="Agua", place="Jalisco", lights=[(colour, "x"), ("red", "y")])
        for colour in ("green", "green", "amber")
    )
    assert one == again
    assert one != other


def test_a_picture_without_lights_or_place_is_drawn() -> None:
    assert draw(title="", place="")[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_long_title_is_cut_at_a_word() -> None:
    lines = wrap(LONG, _font(64, 750), 1040, 2)
    assert lines == ["Reglas de operación claras,", "iguales y sin corrupción para…"]
    assert wrap("Agua limpia", _font(64, 750), 1040, 2) == ["Agua limpia"]
