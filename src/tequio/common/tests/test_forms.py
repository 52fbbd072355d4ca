"""How forms are drawn and how they say what is wrong."""

import re

from django import forms
from django.template import Context, Template

from tequio.common.forms import TextFormField


class Report(forms.Form):
    title = TextFormField(label="Título", required=True)
    why = forms.CharField(label="Por qué", help_text="En una frase.")
    kind = forms.ChoiceField(label="Qué es", choices=[("a", "Acuerdo"), ("b", "Borrador")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Se publica")
    note = forms.CharField(label="Nota", required=False)


def summary(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', html)


def test_a_label_comes_first_then_the_hint_the_error_and_the_input() -> None:
    html = str(Report({"note": "x"})["why"].as_field_group())
    order = [html.index(part) for part in ("<label", 'id="id_why_helptext"', 'id="id_why_error"', "<input")]
    assert order == sorted(order)
    assert re.search(r'<input[^>]* aria-describedby="id_why_helptext id_why_error"', html)


def test_each_error_of_the_summary_leads_to_an_input_that_is_there() -> None:
    html = str(Report({}))
    links = summary(html)
    assert [target for target, _words in links] == ["id_title_0", "id_why", "id_kind_0", "id_agreed"]
    assert set(re.findall(r'<input[^>]* id="([^"]+)"', html)) >= {target for target, _words in links}


def test_the_summary_is_focused_and_read_out() -> None:
    assert '<div class="summary" role="alert" tabindex="-1" data-focus>' in str(Report({}))
    assert "data-focus" not in str(Report())


def test_only_what_may_be_left_out_says_so() -> None:
    html = str(Report())
    optional = [
        name for name in ("title", "why", "kind", "note") if "(opcional)" in str(Report()[name].as_field_group())
    ]
    assert optional == ["note"]
    assert html.count("(opcional)") == 1


def test_what_was_typed_comes_back_with_the_error() -> None:
    html = str(Report({"title_es": "Reglas", "note": "Mi nota"}))
    assert re.findall(r'value="(Reglas|Mi nota)"', html) == ["Reglas", "Mi nota"]


def test_a_text_in_two_languages_has_an_input_for_each_marked_with_its_language() -> None:
    html = str(Report()["title"])
    assert re.findall(r'lang="([^"]+)"[^>]*id="(id_title_\d)"', html) == [("es-MX", "id_title_0"), ("en", "id_title_1")]
    assert re.findall(r'<label for="([^"]+)">', html) == ["id_title_0", "id_title_1"]
    form = Report({"title_es": "Agua", "title_en": "", "why": "x", "kind": "a", "agreed": "on"})
    assert form.is_valid()
    assert form.cleaned_data["title"] == {"es": "Agua"}


def test_one_summary_holds_the_errors_of_a_form_and_of_its_rows() -> None:
    class Row(forms.Form):
        words = forms.CharField(label="Palabras")

    rows = forms.formset_factory(Row, min_num=1, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}, prefix="form"
    )
    html = Template("{% load tequio %}{% error_summary form rows %}").render(
        Context({"form": Report({"why": "x"}), "rows": rows})
    )
    assert [target for target, _words in summary(html)] == ["id_title_0", "id_kind_0", "id_agreed", "id_form-0-words"]
