#!/usr/bin/env python3
"""Uses the page of a running `consilium-node serve` as a clinician does, in a real browser: pip install playwright

    check-clinician-page.py http://127.0.0.1:8081/ TOKEN FOLDER-FOR-PICTURES [CHROMIUM [PATIENT]]

Signs in, asks by keyboard, waits for the answer, judges it, and does the same without the script. With the number of a patient
whose approved reports the server offers (--home), it also finds and uses one. Prints one JSON object;
exits with 1 if something is not as the page promises, or if the browser had anything to complain about.
"""
import json
import pathlib
import sys

from playwright.sync_api import expect, sync_playwright

address, token, folder = sys.argv[1:4]
browser_path = sys.argv[4] if len(sys.argv) > 4 else None
patient = sys.argv[5] if len(sys.argv) > 5 else None
pictures = pathlib.Path(folder)
pictures.mkdir(parents=True, exist_ok=True)
report = """EXAM: CT chest with contrast <b>bold</b> & "quoted"
HISTORY: 64-year-old with cough.
FINDINGS: There is a 2.3 cm nodule in the right upper lobe. No pleural effusion. The heart is normal in size.
Hemoglobin 9.1 g/dL (reference 13.5-17.5). Sodium 139 mmol/L (135-145).
"""
checked = []


def check(what, holds):
    if not holds:
        print(f"failed: {what}", file=sys.stderr)
        sys.exit(1)
    checked.append(what)


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    complaints, foreign = [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))

    page.goto(address)
    page.fill("#token", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    check("a wrong token is refused", "not the token" in page.inner_text("main"))
    complaints.clear()  # The browser notes the status 401.
    page.fill("#token", token)
    page.keyboard.press("Enter")
    page.wait_for_selector("#report")
    check("the page says what it is", "Not a diagnosis" in page.inner_text("body"))
    cookie = context.cookies()[0]
    check("the session's cookie is strict", cookie["httpOnly"] and cookie["sameSite"] == "Strict")

    # By keyboard alone: from the top to the report, past the file to the choices.
    page.keyboard.press("Tab")
    check("the first key leads to the report", page.evaluate("document.activeElement.className") == "skip")
    page.focus("#report")
    page.keyboard.insert_text(report)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#feedback:not([hidden])", timeout=120000)
    answer = page.inner_text("#answer")
    check("an answer came", len(answer) > 0)
    check("what supports it stands beside it", page.locator("#support li").count() > 0)
    check("nothing of the report became markup", page.locator("#support b, #answer b").count() == 0)
    page.screenshot(path=str(pictures / "page.png"), full_page=True)

    page.click("button[value=edit]")
    expect(page.locator("#feedback-status")).to_contain_text("not changed")
    checked.append("an edit without a change is refused")
    complaints.clear()
    page.fill("#edited", "Nodule of 2.3 cm in the right upper lobe.")
    page.click("button[value=edit]")
    expect(page.locator("#feedback-status")).to_contain_text("Thank")
    judged = []
    page.on("request", lambda request: judged.append(request.post_data) if request.url.endswith("/page/feedback") else None)
    page.focus("#reason")
    page.keyboard.insert_text("It invents")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("a finding.")
    page.wait_for_timeout(300)
    check("Enter in the reason judges nothing", judged == [])
    # By keyboard: past the two other buttons.
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#feedback-status")).to_contain_text("Thank")
    check("a flag is taken", len(judged) == 1 and "decision=flag" in judged[0])
    page.focus("#answer")
    check("the answer can be scrolled by keyboard", page.evaluate("document.activeElement.id") == "answer")

    page.fill("#report", "")
    page.fill("#question", "How large is the nodule?")
    check("writing a question chooses it", page.is_checked("input[value=question]"))
    page.fill("#report", report * 200)
    page.click("#send")
    expect(page.locator("#status")).to_contain_text("tokens")
    check("a report that is too long is told so", not page.is_disabled("#send"))
    complaints.clear()  # The browser notes the status 400.

    if patient:
        page.fill("#patient", "nobody-of-this-number")
        page.keyboard.press("Enter")
        expect(page.locator("#shelf-status")).to_contain_text("no approved report")
        check("an unknown patient is told so, and nothing is listed", page.is_hidden("#found"))
        complaints.clear()  # The browser notes the status 400.
        page.fill("#patient", patient)
        page.keyboard.press("Enter")
        page.wait_for_selector("#stored option", state="attached")
        check("the list of reports has the keyboard", page.evaluate("document.activeElement.id") == "stored")
        page.screenshot(path=str(pictures / "page-reports.png"), full_page=True)
        page.keyboard.press("Enter")
        expect(page.locator("#shelf-status")).to_contain_text("De-identified")
        check("the report is there to be asked about", len(page.input_value("#report")) > 20)
        check("its patient's number is not in it", patient not in page.input_value("#report"))

    page.set_viewport_size({"width": 800, "height": 600})
    page.screenshot(path=str(pictures / "page-small.png"), full_page=True)
    check("nothing is wider than an old screen", page.evaluate("document.documentElement.scrollWidth") <= 800)

    plain = browser.new_context(java_script_enabled=False, viewport={"width": 1024, "height": 768})
    plain.add_cookies([cookie])
    without = plain.new_page()
    without.goto(address)
    without.fill("#report", report)
    without.click("#send")
    without.wait_for_selector("#support li", timeout=120000)
    check("it works without the script", without.inner_text("#answer") == answer)
    without.click("button[value=accept]")
    without.wait_for_selector("text=Thank you")
    check("feedback works without the script", True)

    if patient:
        without.goto(address)
        without.fill("#patient", patient)
        without.click("#find")
        without.select_option("#stored", index=0)
        without.click("#use")
        check("a report is found without the script", len(without.input_value("#report")) > 20)

    check("the browser has nothing to complain about", complaints == [])
    check("nothing was asked of another server", foreign == [])
    page.click("text=Sign out")
    page.wait_for_selector("#token")
    check("signing out leads to the sign-in", True)
    version = browser.version
    browser.close()
print(json.dumps({"checked": len(checked), "browser": version}))
