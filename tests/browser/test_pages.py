"""What every page is, whoever opens it."""

import pytest
from playwright.sync_api import Page

PAGES = ("/", "/admin", "/share/nobody-shared-this")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_itself_and_its_language(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    assert "Petraf" in page.title()
    assert page.locator("html").get_attribute("lang") == "en"
