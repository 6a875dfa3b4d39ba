"""What is done to valid bytes, documents and names to make them hostile. All of it follows from the random numbers given."""
import base64
import hashlib
import io
import json
import os
import re
import socket
import stat
import warnings
import zipfile
import zlib

warnings.simplefilter("ignore", UserWarning)  # names that stand twice are meant

HOSTILE_WORDS = [
    b"", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b]0;title\x07", b"\x1b[31m", b"\x9b2J", b"\xc2\x9b2J",
    b"\r", b"\n", b"\t", b"\x7f", b"\x08\x08", b"a\nb", "\u202egnp.exe".encode(), "\u2028".encode(), b"\xef\xbb\xbf", b"..",
    b"../../../../nonexistent/a", b"/nonexistent/a", b"/dev/zero", b"/dev/full", b".", b"-", b"--", b"-x", b"--upload-pack=touch x",
    b"a\\b", b"C:\\x", b"con", b".git", b".GIT/config", b"%00", b"%zz", b"$(touch x)", b"`touch x`", b"{}", b"[]", b"@", b"@@",
    b"a@", b"@v1", b"v", b"v1", b"v1.2.3+incompatible", b"v0.0.0-20240102030405-abcdefabcdef", b"v99999999999999999999.0.0",
    b"99999999999999999999", b"-1", b"18446744073709551615", b"1e999", b"0x10", b"nan", b"file:///dev/zero", b"file:///",
    b"https://", b"https://127.0.0.1:99999/", b"ssh://-oProxyCommand=x/y", b"http://[::1", b"|", b",", b",,", b"*", b"[", b"[a-", b"***/**",
    b"A" * 300, b"a/" * 3000, b"9" * 5000, b"\xff" * 70000, b"x" * 100000]
# What an argument or a variable can hold.
HOSTILE_TEXTS = [word for word in HOSTILE_WORDS if b"\0" not in word]


def flip(rng, data):
    data = bytearray(data or b"\0")
    for _ in range(rng.choice([1, 1, 2, 8, 64])):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def truncate(rng, data):
    return data[:rng.randrange(len(data) + 1)]


def lines_of(data):
    return data.splitlines(keepends=True) or [b"\n"]


def duplicate_line(rng, data):
    lines = lines_of(data)
    at = rng.randrange(len(lines))
    return b"".join(lines[:at] + [lines[at]] * rng.choice([2, 2, 3, 5000]) + lines[at + 1:])


def drop_line(rng, data):
    lines = lines_of(data)
    del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def swap_lines(rng, data):
    lines = lines_of(data)
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"".join(lines)


def insert_word(rng, data):
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(HOSTILE_WORDS + [b"\0", b"\0" * 5000]) + data[at:]


def replace_token(rng, data):
    tokens = list(re.finditer(rb"[^\s\"',:;(){}\[\]=@/]+", data))
    if not tokens:
        return insert_word(rng, data)
    token = rng.choice(tokens)
    return data[:token.start()] + rng.choice(HOSTILE_WORDS) + data[token.end():]


def copy_token(rng, data):
    """One word of the file in the place of another."""
    tokens = list(re.finditer(rb"[^\s\"',(){}\[\]]+", data))
    if not tokens:
        return data
    token, other = rng.choice(tokens), rng.choice(tokens)
    return data[:token.start()] + other.group() + data[token.end():]


def huge_number(rng, data):
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data + b"9" * 40
    number = rng.choice(numbers)
    value = rng.choice([b"9" * 20, b"9" * 4000, b"-1", b"4294967296", b"18446744073709551616", b"1e400", b"00"])
    return data[:number.start()] + value + data[number.end():]


def long_line(rng, data):
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice([b"a", b"/", b" ", b"\t", b"\xff", b"\\", b"(", b"\""]) * 1_000_000 + data[at:]


def deep_nesting(rng, data):
    opening = rng.choice([b"[", b"{\"a\":", b"(", b"{", b"/*", b"\"", b"a(\n", b"[[\"x\",", b"<", b"#if 1\n"])
    at = rng.choice([0, rng.randrange(len(data) + 1)])
    return data[:at] + opening * rng.choice([100, 2000, 100_000]) + data[at:]


def crlf(_rng, data):
    return data.replace(b"\n", b"\r\n")


def bare_cr(_rng, data):
    return data.replace(b"\n", b"\r")


def bom(rng, data):
    return rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]) + data


def utf16(_rng, data):
    return data.decode("latin-1").encode("utf-16")


def noise(rng, data):
    return rng.randbytes(rng.choice([1, 20, len(data) or 1, 5000]))


def emptied(_rng, _data):
    return b""


def conflict(rng, data):
    lines = lines_of(data)
    at = rng.randrange(len(lines) + 1)
    return b"".join(lines[:at] + [b"<<<<<<< ours\n"] + lines[at:] + [b"=======\n", b">>>>>>> theirs\n"])


def many_lines(rng, data):
    """Five thousand lines like one that is there, each a little different."""
    lines = lines_of(data)
    line = rng.choice(lines)
    made = [re.sub(rb"[a-z](?=[/ @\"])", lambda m: m.group() + str(i).encode(), line, count=1) for i in range(5_000)]
    at = rng.randrange(len(lines) + 1)
    return b"".join(lines[:at] + made + lines[at:])


BYTES = [flip, flip, truncate, duplicate_line, drop_line, swap_lines, insert_word, insert_word, replace_token, replace_token, replace_token,
         copy_token, copy_token, huge_number, long_line, deep_nesting, crlf, bare_cr, bom, utf16, noise, emptied, conflict, many_lines]


class Raw(str):
    """JSON that stands as it is."""


HOSTILE_VALUES = [None, True, False, 0, -1, 1.5, "", [], {}, [[]], {"": ""}, [None], "\0", "\ud800", "x" * 200_000, Raw("1e999"),
                  Raw("9" * 500), Raw("-0"), Raw("[" * 5000 + "]" * 5000), Raw('{"a":1,"a":2}'), Raw('"\\u0000"'), Raw('"\\ud800"'),
                  Raw('"\\udc00\\ud800"'), Raw("'x'"), Raw("NaN")]


def json_text(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",\n".join(json.dumps(key) + ": " + json_text(each) for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(json_text(each) for each in value) + "]"
    return json.dumps(value)


def places_in(value):
    """Every (container, key) of a document."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from places_in(value[key])


def hostile_document(rng, data):
    """A JSON document with values, keys and members that it should not have."""
    try:
        document = json.loads(data)
    except ValueError:
        return replace_token(rng, data)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        places = list(places_in(document))
        if not places:
            break
        container, key = rng.choice(places)
        what = rng.randrange(5)
        if what == 0:
            container[key] = rng.choice(HOSTILE_VALUES)
        elif what == 1:
            container[key] = rng.choice(HOSTILE_WORDS).decode("utf-8", "surrogateescape")
        elif what == 2:
            del container[key]
        elif what == 3 and isinstance(container, dict):
            container[rng.choice(HOSTILE_WORDS).decode("latin-1")] = container.pop(key)
        else:
            other, name = rng.choice(places)
            if name in other if isinstance(other, dict) else name < len(other):
                container[key] = json.loads(json.dumps(other[name])) if not raw_in(other[name]) else 7
    return json_text(document).encode("utf-8", "surrogateescape")


def raw_in(value):
    return isinstance(value, Raw) or any(isinstance(c[k], Raw) for c, k in places_in(value))


def bytes_of(rng, name, data):
    """Hostile bytes in the place of those of a file."""
    is_document = name.endswith((b".json", b".lock", b".info", b".journal"))
    if is_document and rng.random() < 0.6:
        return hostile_document(rng, data)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        data = rng.choice(BYTES)(rng, data)
    return data


def special(rng, path, may_be_pipe):
    """Something else in the place of a file; gives its name."""
    kind = rng.choice(["directory", "pipe", "loop", "dangling", "zero", "socket", "sparse", "itself", "unreadable", "absent"])
    if kind == "pipe" and not may_be_pipe:
        kind = "socket"
    directory, name = os.path.split(path)
    old = os.open(directory, os.O_RDONLY)
    here = os.getcwd()
    os.fchdir(old)
    try:
        make_special(kind, name)
    finally:
        os.chdir(here)
        os.close(old)
    return kind


def make_special(kind, name):
    if kind == "directory":
        os.mkdir(name)
    elif kind == "pipe":
        os.mkfifo(name)
    elif kind == "loop":
        os.symlink(name, name)
    elif kind == "dangling":
        os.symlink(b"nowhere\x1b[31m/\xff", name)
    elif kind == "zero":
        os.symlink("/dev/zero", name)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(name)
    elif kind == "sparse":
        with open(name, "wb") as file:
            file.truncate(3 << 30)
    elif kind == "itself":
        os.symlink(".", name)
    elif kind == "unreadable":
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0))


def h1_of(pairs):
    """Go's h1: of (name, bytes)."""
    total = hashlib.sha256()
    for name, data in sorted(pairs):
        total.update(hashlib.sha256(data).hexdigest().encode() + b"  " + name + b"\n")
    return b"h1:" + base64.b64encode(total.digest())


def hostile_zip(rng, prefix, data):
    """A zip of a module with an entry that should not be there, and what the h1 of its content would be."""
    files = [(entry, zipfile.ZipFile(io.BytesIO(data)).read(entry)) for entry in zipfile.ZipFile(io.BytesIO(data)).namelist()]
    for _ in range(rng.choice([1, 1, 2])):
        word = rng.choice(HOSTILE_WORDS + [b"\0"]).decode("utf-8", "replace")[:20000]
        name = rng.choice([prefix + "/" + word, word, prefix + "/a/../" + word, prefix + "/go.mod/x", prefix + "/GREET.go", prefix + "/x" * 15000])
        files.append((name, rng.choice([b"", b"package greet\n", b"\0" * 3_000_000, rng.randbytes(300)])))
    if rng.random() < 0.3:
        at = rng.randrange(len(files))
        files[at] = (files[at][0], bytes_of(rng, files[at][0].encode(), files[at][1]))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo("x", (1980, 1, 1, 0, 0, 0))
            entry.filename = name
            entry.external_attr = rng.choice([0, 0, 0, stat.S_IFLNK << 16, stat.S_IFIFO << 16, 0o100777 << 16, 0x10])
            entry.compress_type = archive.compression
            archive.writestr(entry, content)
    result = made.getvalue()
    return (flip(rng, result) if rng.random() < 0.2 else result), h1_of([(n.encode("utf-8", "replace"), c) for n, c in files])


class Repository:
    """Writes objects and references into a bare repository, whatever they hold."""

    def __init__(self, directory):
        self.directory = directory

    def write(self, kind, body):
        data = kind + b" " + str(len(body)).encode() + b"\0" + body
        name = hashlib.sha1(data).hexdigest()
        path = os.path.join(self.directory, "objects", name[:2], name[2:])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not os.path.exists(path):
            with open(path, "wb") as file:
                file.write(zlib.compress(data))
        return name

    def tree(self, entries):
        return self.write(b"tree", b"".join(mode + b" " + name + b"\0" + bytes.fromhex(sha) for mode, name, sha in entries))

    def commit(self, tree, message=b"x\n", time=b"1704164645 +0000", more=b""):
        who = b"e <e@example.com> " + time
        return self.write(b"commit", b"tree " + tree.encode() + b"\n" + more + b"author " + who + b"\ncommitter " + who + b"\n\n" + message)

    def tag(self, name, sha):
        try:
            tags = os.path.join(os.fsencode(self.directory), b"refs/tags")
            path = os.path.normpath(os.path.join(tags, name))
            if not path.startswith(tags + b"/"):
                return  # this machine is none of the world
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(sha.encode() + b"\n")
        except (OSError, ValueError):
            pass


def hostile_commit(rng, directory, files):
    """Adds a newest version to a repository, with a tree, a commit or a name that no honest tool makes."""
    repository = Repository(directory)
    blob = repository.write(b"blob", b"int x;\n")
    entries = [(b"100644", name, repository.write(b"blob", data)) for name, data in files]
    word = rng.choice(HOSTILE_WORDS).replace(b"\0", b"") or b"empty"
    what = rng.randrange(7)
    time, message, more = b"1704164645 +0000", b"x\n", b""
    if what == 0:
        entries.append((b"100644", word, blob))
    elif what == 1:
        entries.append((rng.choice([b"120000", b"160000", b"040000", b"40000", b"100664", b"777777", b"0", b"-1", b"1" * 40]), b"zz", blob))
    elif what == 2:
        entries.append((b"120000", b"zz", repository.write(b"blob", word)))
    elif what == 3:
        entries.append((b"100644", b"modtool.json", repository.write(b"blob", bytes_of(rng, b"modtool.json", dict(files).get(
            b"modtool.json", b'{"schema": 1, "module": "git.example.com/acme/text", "require": {"git.example.com/acme/greet": "v0.3.1"}}')))))
    elif what == 4:
        time = rng.choice([b"99999999999999999999 +0000", b"-1 +0000", b"x", b"1704164645 +9999999", b"", b"253402300800 +0000", b"0 -0000"])
        message = word
    elif what == 5:
        below = repository.tree([(b"100644", b"x", blob)])
        for _ in range(rng.choice([50, 3000])):
            below = repository.tree([(b"40000", b"d", below)])
        entries.append((b"40000", b"zz", below))
    else:
        more = rng.choice([b"parent " + b"1" * 40 + b"\n", b"parent x\n", b"tree " + b"0" * 40 + b"\n", b"\xff\n"])
    entries.append((b"100644", b"modtool.json", blob) if rng.random() < 0.05 else entries[0])
    unique = {name: (mode, name, sha) for mode, name, sha in entries}
    commit = repository.commit(repository.tree(sorted(unique.values(), key=lambda e: e[1])), message, time, more)
    repository.tag(rng.choice([b"v1.99.0", b"v1.99.0", b"v1.99.0", b"v9.9.9-" + word[:200], b"v1.1.1+" + word[:200], word[:200]]), commit)
    return what
