"""Pages as Markdown: sources numbered in order, signs that are no markup, links to other pages."""

from __future__ import annotations

from hingewise.render.page_markdown import format_page
from hingewise.report.page import Item, Items, Page, Paragraph, Section, Table

PAGE = Page(
    kind="exercises",
    id="pull",
    title="Pull-through",
    subtitle="hinge",
    sections=(
        Section(title="", blocks=(Paragraph(text="Hips *back*.", sources=("b", "a")),)),
        Section(
            title="How",
            blocks=(
                Items(
                    items=(Item(text="Stand.", sources=("a",)), Item(text="Bend.")), numbered=True
                ),
                Items(items=(Item(head="Band", text="Easier.", link=("exercises", "band")),)),
                Table(header=("For", "Sets"), rows=(("main | work", "3-4"),)),
            ),
        ),
    ),
)


def test_a_page() -> None:
    text = format_page(PAGE, link=lambda at: f"{at[1]}.md", explain={"a": "A study", "b": "B"})
    assert text == (
        "# Pull-through\n\n*hinge*\n\nHips \\*back\\*. <sup>1, 2</sup>\n\n## How\n\n"
        "1. Stand. <sup>2</sup>\n2. Bend.\n\n- **[Band](band.md):** Easier.\n\n"
        "| For | Sets |\n| --- | --- |\n| main \\| work | 3-4 |\n\n## Sources\n\n1. B\n2. A study\n"
    )
