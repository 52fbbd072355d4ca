"""Facts about the documents of a plan: published at once, never lost, withdrawn for a public reason."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.plans.models import PlanDocument
from tequio.record.models import Act
from tests.cast import Cast, cast, signed_in  # noqa: F401

WORK = "/valle-del-ejemplo/gestion/planes/1/documentos"
PAGE = "/valle-del-ejemplo/planes/1/"


def file(words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("plan.txt", words.encode())


def kinds() -> list[str]:
    """The acts on documents since the two casts were loaded, each with one document."""
    return list(Act.objects.filter(kind__startswith="document.").order_by("pk").values_list("kind", flat=True))[2:]


def shown(page: str) -> str:
    return page[page.index('id="documentos"') : page.index('id="fuentes"')]


def test_a_document_is_published_replaced_and_withdrawn_in_public(cast: Cast) -> None:  # noqa: F811
    client, anybody = cast.valle.client("secretariat"), signed_in(None)
    said = {"title_es": "Acta uno", "title_en": "Minutes one", "kind": "minutes", "date": "2026-03-02"}
    assert client.post(f"{WORK}/nuevo/", {**said, "file": file("Uno")}).status_code == 302
    first = PlanDocument.objects.get(plan=cast.valle.plan, number=2)
    served = f"/registro/blobs/sha256/{first.blob_id}"
    assert b"".join(anybody.get(served).streaming_content) == b"Uno"
    assert "Minutes one" in shown(anybody.get(f"/en{PAGE}").content.decode())
    # A newer one needs a reason; the earlier one stays readable beneath it.
    newer = {**said, "title_es": "Acta corregida", "file": file("Dos")}
    assert client.post(f"{WORK}/2/reemplazar/", newer).status_code == 422
    assert (
        client.post(f"{WORK}/2/reemplazar/", {**newer, "file": file("Dos"), "why": "Faltaba una firma"}).status_code
        == 302
    )
    page = shown(anybody.get(PAGE).content.decode())
    assert (page.count("Acta corregida"), page.count("1 versión anterior"), served in page) == (1, 1, True)
    # A replaced one is not touched any more; a withdrawn one says why, and its file is not served.
    assert client.post(f"{WORK}/2/retirar/", {"why": "x"}).status_code == 422
    assert client.post(f"{WORK}/3/retirar/", {"why": "Trae datos personales"}).status_code == 302
    gone = PlanDocument.objects.get(plan=cast.valle.plan, number=3)
    page = shown(anybody.get(PAGE).content.decode())
    assert ("Trae datos personales" in page, str(gone.blob_id) in re.findall(r"sha256/(\w+)", page)) == (True, False)
    assert anybody.get(f"/registro/blobs/sha256/{gone.blob_id}").status_code == 404
    assert kinds() == ["document.published", "document.published", "document.withdrawn"]


def test_a_file_is_kept_while_something_else_is_wrong(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("secretariat")
    answer = client.post(f"{WORK}/nuevo/", {"kind": "plan", "file": file("Uno")})
    page = answer.content.decode()
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert (answer.status_code, kept is not None, "Ya tenemos tu archivo" in page) == (422, True, True)
    assert kept
    data = {"kind": "plan", "title_es": "El plan", "kept": kept[1]}
    assert client.post(f"{WORK}/nuevo/", data).status_code == 302
    assert PlanDocument.objects.get(number=2, plan=cast.valle.plan).blob is not None


def test_neither_both_nor_none_of_file_and_address(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("secretariat")
    said = {"title_es": "El plan", "kind": "plan"}
    assert client.post(f"{WORK}/nuevo/", said).status_code == 422
    assert client.post(f"{WORK}/nuevo/", {**said, "file": file("x"), "url": "https://ejemplo.org"}).status_code == 422
    assert client.post(f"{WORK}/nuevo/", {**said, "url": "javascript:alert(1)"}).status_code == 422
    assert PlanDocument.objects.filter(plan=cast.valle.plan).count() == 1


def test_a_description_is_put_right_for_a_reason(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("secretariat")
    said = {"title_es": "El plan, firmado", "kind": "plan", "why": "Así se llama"}
    assert client.post(f"{WORK}/1/", {**said, "why": ""}).status_code == 422
    assert client.post(f"{WORK}/1/", said).status_code == 302
    assert client.post(f"{WORK}/1/", said).status_code == 422  # nothing changes
    assert str(PlanDocument.objects.get(plan=cast.valle.plan).title) == "El plan, firmado"
    assert kinds() == ["document.changed"]
