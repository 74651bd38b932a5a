/// Style and script of the page, served from their own addresses: the content security policy allows nothing inline.
enum PageAssets {
    static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// Plain boxes and borders, dark on light, nothing that a browser of ten years ago lacks.
    static let style = """
        * { box-sizing: border-box; }
        html { font: 17px/1.5 Arial, Helvetica, sans-serif; color: #111; background: #fff; }
        body { margin: 0 auto; max-width: 78rem; padding: 0.5rem 1rem 2rem; }
        h1 { font-size: 1.35rem; margin: 0.4rem 0; }
        h2 { font-size: 1.15rem; margin: 0 0 0.4rem; }
        h3 { font-size: 1rem; margin: 1.2rem 0 0.2rem; }
        header { overflow: hidden; border-bottom: 3px solid #123f6d; }
        header h1 { float: left; }
        header form { float: right; }
        main { overflow: hidden; }
        main > section { float: left; width: 49%; padding: 0.8rem 0; }
        main > section:first-child { margin-right: 2%; }
        .narrow { max-width: 32rem; margin: 2rem auto; }
        @media (max-width: 900px) { main > section, main > section:first-child { float: none; width: auto; margin: 0; } }
        label, legend { display: block; font-weight: bold; margin: 0.6rem 0 0.2rem; }
        .choice, .file label { font-weight: normal; }
        .choice { margin: 0.15rem 0; }
        .file { margin: 0.3rem 0; }
        .file label { display: inline; }
        textarea, select, input[type=text], input[type=password] {
          width: 100%; font: inherit; padding: 0.35rem; color: #111; background: #fff; border: 2px solid #555; }
        textarea { font-family: Consolas, "Courier New", monospace; font-size: 0.94rem; }
        fieldset { border: 1px solid #777; margin: 0.6rem 0; padding: 0.2rem 0.8rem 0.5rem; }
        button { font: inherit; font-weight: bold; padding: 0.35rem 0.9rem; margin: 0.2rem 0.3rem 0.2rem 0;
          color: #fff; background: #123f6d; border: 2px solid #123f6d; cursor: pointer; }
        button.quiet { color: #123f6d; background: #fff; }
        button.warn { color: #8a1500; background: #fff; border-color: #8a1500; }
        button[disabled] { opacity: 0.5; cursor: default; }
        .pair { display: inline-block; width: 48%; margin: 0 1% 0 0; vertical-align: top; }
        a:focus, button:focus, .answer:focus, input:focus, select:focus, textarea:focus { outline: 3px solid #c25700; outline-offset: 1px; }
        .skip { position: absolute; left: -999rem; }
        .skip:focus { left: 1rem; top: 0; background: #fff; padding: 0.3rem; }
        .alert { border: 2px solid #8a1500; background: #fff4ef; padding: 0.4rem 0.7rem; margin: 0.7rem 0; }
        .answer { white-space: pre-wrap; min-height: 3rem; max-height: 24rem; overflow: auto; border: 2px solid #123f6d; padding: 0.5rem 0.7rem;
          background: #f4f8fc; overflow-wrap: break-word; word-wrap: break-word; }
        .small { font-size: 0.88rem; margin: 0.2rem 0; }
        .claim { font-weight: bold; margin: 0.5rem 0 0.1rem; }
        .none { color: #8a1500; font-weight: bold; margin: 0.1rem 0; }
        blockquote { margin: 0.1rem 0 0.3rem; padding: 0.1rem 0.6rem; border-left: 5px solid #2c7a4b; background: #eef7f1; }
        footer { border-top: 3px solid #123f6d; margin-top: 1rem; padding-top: 0.6rem; font-size: 0.92rem; }
        dt { font-weight: bold; float: left; clear: left; width: 8.5rem; }
        dd { margin: 0 0 0.25rem 8.5rem; }
        @media (prefers-contrast: more) { .answer, blockquote, .alert { background: #fff; } }

        """

    /// Without it the page works as well: the answer then appears when it is complete.
    static let script = """
        (function () {
          "use strict";
          function at(id) { return document.getElementById(id); }
          var ask = at("ask"), send = at("send"), stop = at("stop"), box = at("answer"), status = at("status");
          var running = null;

          function encode(fields) {
            var parts = [];
            for (var name in fields) {
              if (Object.prototype.hasOwnProperty.call(fields, name)) {
                parts.push(encodeURIComponent(name) + "=" + encodeURIComponent(fields[name]));
              }
            }
            return parts.join("&");
          }

          function post(path, fields, onProgress, onEnd) {
            var request = new XMLHttpRequest();
            request.open("POST", path);
            request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
            request.setRequestHeader("Accept", "application/x-ndjson");
            if (onProgress) { request.onprogress = function () { onProgress(request.responseText); }; }
            request.onload = function () { onEnd(request.status, request.responseText); };
            request.onerror = request.ontimeout = function () { onEnd(0, ""); };
            request.send(encode(fields));
            return request;
          }

          function fault(code, text) {
            try { return JSON.parse(text).error.message; } catch (e) {
              return code ? "The server refused (" + code + ")." : "The server can't be reached.";
            }
          }

          function ended(message) {
            running = null;
            send.disabled = false;
            stop.hidden = true;
            status.textContent = message;
          }

          function finish(done) {
            box.textContent = done.text;
            at("support").innerHTML = done.support;
            at("answer-id").value = done.id;
            at("edited").value = done.text;
            at("reason").value = "";
            at("feedback").hidden = false;
            at("feedback-status").textContent = "";
            ended(done.isCut ? "The answer was cut off: it is too long." : "Done. Check it against the report.");
          }

          ask.addEventListener("submit", function (event) {
            event.preventDefault();
            if (running) { return; }
            var read = 0, shown = "", over = false;
            box.textContent = "";
            at("support").textContent = "";
            at("feedback").hidden = true;
            send.disabled = true;
            stop.hidden = false;
            status.textContent = "The model is reading the report.";
            function take(text) {
              var end;
              while ((end = text.indexOf("\\n", read)) >= 0) {
                var event = JSON.parse(text.slice(read, end));
                read = end + 1;
                if (event.text) {
                  // Follows the text, unless the reader went back in it.
                  var follows = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
                  shown += event.text;
                  box.textContent = shown;
                  if (follows) { box.scrollTop = box.scrollHeight; }
                  status.textContent = "The model is writing.";
                }
                if (event.waiting) { status.textContent = "Others are being answered; yours is waiting."; }
                if (event.error) { over = true; ended(event.error); }
                if (event.done) { over = true; finish(event.done); }
              }
            }
            running = post("/page/answer", {
              task: (ask.querySelector("input[name=task]:checked") || {}).value || "",
              report: at("report").value, question: at("question").value
            }, function (text) { if (running && running.status === 200) { take(text); } }, function (code, text) {
              if (code === 200) { take(text); } else { over = true; ended(fault(code, text)); }
              if (!over) { ended("The answer broke off. Ask again."); }
            });
          });

          function halt() {
            if (!running) { return; }
            running.abort();
            ended("Stopped.");
          }

          stop.addEventListener("click", halt);
          document.addEventListener("keydown", function (event) {
            if (event.key === "Escape" || event.key === "Esc") { halt(); }
            if (event.key === "Enter" && event.ctrlKey && !running) { send.click(); }
          });

          at("question").addEventListener("input", function () {
            ask.querySelector("input[value=question]").checked = true;
          });

          at("file").addEventListener("change", function () {
            var file = this.files && this.files[0];
            if (!file) { return; }
            var reader = new FileReader();
            reader.onload = function () { at("report").value = reader.result; };
            reader.readAsText(file);
          });

          var shelf = at("shelf");
          if (shelf) {
            var told = at("shelf-status"), stored = at("stored");
            var use = function () {
              if (stored.selectedIndex < 0) { told.textContent = "Choose one of the reports."; return; }
              post("/page/report", { stored: stored.value }, null, function (code, text) {
                if (code !== 200) { told.textContent = fault(code, text); return; }
                at("report").value = JSON.parse(text).text;
                told.textContent = "\(ReportShelf.note)";
                at("report").focus();
              });
            };
            shelf.addEventListener("submit", function (event) {
              event.preventDefault();
              told.textContent = "";
              if (document.activeElement === at("use") || document.activeElement === stored) { use(); return; }
              post("/page/reports", { patient: at("patient").value, filter: at("filter").value }, null, function (code, text) {
                at("found").hidden = code !== 200;
                stored.textContent = "";
                if (code !== 200) { told.textContent = fault(code, text); return; }
                JSON.parse(text).reports.forEach(function (report) {
                  var option = document.createElement("option");
                  option.value = report.id;
                  option.textContent = report.title;
                  stored.appendChild(option);
                });
                stored.selectedIndex = 0;
                stored.focus();
              });
            });
            at("use").addEventListener("click", function (event) { event.preventDefault(); use(); });
            stored.addEventListener("dblclick", use);
            stored.addEventListener("keydown", function (event) {
              if (event.key === "Enter") { event.preventDefault(); use(); }
            });
          }

          var decision = "";
          Array.prototype.forEach.call(at("feedback").querySelectorAll("button"), function (button) {
            button.addEventListener("click", function () { decision = button.value; });
          });
          at("feedback").addEventListener("submit", function (event) {
            event.preventDefault();
            post("/page/feedback", {
              answer: at("answer-id").value, decision: decision, edited: at("edited").value, reason: at("reason").value
            }, null, function (code, text) {
              at("feedback-status").textContent = code === 200 ? JSON.parse(text).message : fault(code, text);
            });
          });
        })();

        """
}
