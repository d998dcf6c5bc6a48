"""document.ingested -> reading.estimated: how many minutes a document takes to read. Python from 3.9, and nothing else."""

import hashlib
import json
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

HEARS, SAYS = "com.dip.document.ingested", "com.dip.reading.estimated"
INHERITED = ("subject", "partitionkey", "correlationid", "traceparent", "tracestate", "replayid", "time")
PLAIN = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"%')
CHARACTERS_A_MINUTE = 1_200
LARGEST_EVENT_BYTES = 1_048_576


def reply_to(cause, data):
    """Follows from the event alone, no clock and no chance in it, so that an event that comes again has the same reply."""
    if cause["type"] != HEARS:
        raise ValueError(f"this service hears {HEARS}, not {cause['type']}")
    minutes = -(-data["characters"] // CHARACTERS_A_MINUTE)
    words = [cause["source"], cause["id"], SAYS, "", cause.get("replayid", "")]
    name = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    attributes = {name: cause[name] for name in INHERITED if name in cause}
    attributes.setdefault("correlationid", cause["id"])
    attributes.update(specversion="1.0", id=hashlib.sha256(name).hexdigest()[:32], source="/services/reading-time")
    attributes.update(type=SAYS, dataschema=f"urn:dip:{SAYS}:1.0", causationid=cause["id"])
    return attributes, {"documentId": data["documentId"], "minutes": minutes}


class Request(BaseHTTPRequestHandler):
    timeout = 60

    def do_GET(self):
        self.answer(200 if self.path in ("/healthz", "/readyz") else 404, {})

    def do_POST(self):
        body = self.body()
        if len(body) > LARGEST_EVENT_BYTES:
            return self.answer(413, {"error": f"expected an event of at most {LARGEST_EVENT_BYTES} bytes"})
        names = [name for name in self.headers if name.lower().startswith("ce-")]
        cause = {name[3:].lower(): unquote(self.headers[name]) for name in names}
        try:
            attributes, data = reply_to(cause, json.loads(body))
        except (KeyError, TypeError, ValueError) as fault:
            # The event will be no better the next time: 400, so that it becomes a dead letter at once.
            return self.answer(400, {"error": f"{type(fault).__name__}: {fault}"[:300]})
        self.answer(200, data, {f"ce-{name}": quote(value, safe=PLAIN) for name, value in attributes.items()})

    def body(self):
        """Some senders say how long it is; others send it in chunks."""
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(min(int(self.headers.get("content-length", 0)), LARGEST_EVENT_BYTES + 1))
        pieces = b""
        while len(pieces) <= LARGEST_EVENT_BYTES and (size := int(self.rfile.readline().split(b";")[0], 16)) > 0:
            pieces += self.rfile.read(size)
            self.rfile.readline()
        return pieces

    def answer(self, status, data, headers={}):
        body = json.dumps(data).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", "content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = False  # so that what is under way is ended before the process is
    request_queue_size = 1_024


if __name__ == "__main__":
    host = os.environ.get("HOST") or ("0.0.0.0" if "KUBERNETES_SERVICE_HOST" in os.environ else "127.0.0.1")
    server = Server((host, int(os.environ.get("PORT", "8080"))), Request, bind_and_activate=False)
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: threading.Thread(target=server.shutdown).start())
    server.server_bind()
    server.server_activate()
    server.serve_forever()
    server.server_close()
