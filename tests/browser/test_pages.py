"""What every page is, whoever opens it."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import barriers
from tests.browser.conftest import Browsers

PAGES = ("/", "/admin", "/share/nobody-shared-this")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_itself_and_its_language(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    assert page.title()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_barrier_would_be_found(page: Page) -> None:
    page.goto("/")
    page.evaluate("() => document.body.append(document.createElement('img'))")
    assert any("image-alt" in barrier for barrier in barriers(page))


@pytest.mark.parametrize("fault", ["console.error('broken')", "setTimeout(() => { throw new Error('broken') })"])
def test_a_fault_of_a_script_would_be_found(page: Page, browsers: Browsers, fault: str) -> None:
    watch = browsers.watch(page)
    page.goto("/")
    page.evaluate(f"() => {{ {fault} }}")
    page.wait_for_timeout(50)
    assert any("broken" in found for found in watch.unexpected)
    watch.expect("broken")
