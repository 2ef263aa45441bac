"""A mail server on loopback that keeps what it is given and refuses whom it is told to: a little of RFC 5321."""

import email
import email.policy
import socketserver
import threading


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.sessions += 1
        self.say("220 post.example ready")
        self.to = []
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].upper()
            if self.answer(word, line) == "bye":
                return

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def answer(self, word, line):
        if word == "DATA":
            return self.take()
        if word == "QUIT":
            self.say("221 good bye")
            return "bye"
        if word == "RCPT TO":
            self.to.append(line.partition("<")[2].partition(">")[0])
        refusal = self.server.refusals.get(self.to[-1] if word == "RCPT TO" else word, "")
        return self.say(refusal or "250 so be it")

    def take(self):
        self.say("354 go on, end with a dot")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.letters.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        self.say("250 kept")


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.letters, self.refusals, self.sessions = [], {}, 0

    @property
    def port(self):
        return self.server_address[1]

    def __enter__(self):
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.thread.join()
        self.server_close()
