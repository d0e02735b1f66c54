"""XML: an element per record; documents that are none, or try to be more, are refused."""

from __future__ import annotations

import tracemalloc
import unittest
from decimal import Decimal

from reading import ReadingTestCase, xml_contract

CONTRACT = xml_contract()
ROW = "<row><id>a</id><timestamp>2024-01-31T23:59:59Z</timestamp><count>2</count><price>1.25</price></row>"
FIELDS = {"id": "a", "timestamp": "2024-01-31T23:59:59Z", "count": "2", "price": "1.25"}


class XmlTestCase(ReadingTestCase):
    def fields(self, body: str | bytes) -> list[object]:
        return [kind for _, kind in self.read(body, CONTRACT)]


class Records(XmlTestCase):
    def test_elements_are_records(self) -> None:
        rows = self.conformed(f"<rows>{ROW}\n{ROW.replace('>a<', '>b<')}</rows>", CONTRACT)
        self.assertEqual([(row.id, row.count, row.total, row.reason) for row in rows], [
            ("a", 2, Decimal("2.50"), None), ("b", 2, Decimal("2.50"), None)
        ])  # fmt: skip

    def test_raw_text_is_the_element(self) -> None:
        self.assertEqual(self.read(f"<rows>\n  {ROW}\n</rows>", CONTRACT), [(ROW, FIELDS)])

    def test_attributes_and_namespaces(self) -> None:
        body = '<x:rows xmlns:x="urn:x"><x:row no="7"><x:id>a</x:id><x:price unit="USD">5</x:price></x:row></x:rows>'
        self.assertEqual(self.fields(body), [{"@no": "7", "id": "a", "price": "5", "price@unit": "USD"}])

    def test_values(self) -> None:
        body = "<rows><row><id> a\n</id><e/><f></f><g><![CDATA[<b>&]]></g><h>&lt;&#233;&amp;&#x1F600;</h></row></rows>"
        self.assertEqual(self.fields(body), [{"id": "a", "g": "<b>&", "h": "<é&😀"}])

    def test_nested_and_repeated(self) -> None:
        body = "<rows><row><a><b>1</b><c>2</c></a><d>1</d><d>2</d><d>3</d><row><id>in</id></row></row></rows>"
        self.assertEqual(self.fields(body), [{"a": {"b": "1", "c": "2"}, "d": ["1", "2", "3"], "row": {"id": "in"}}])

    def test_a_nested_value_where_text_is_due(self) -> None:
        (row,) = self.conformed(f"<rows>{ROW.replace('>a<', '><x>1</x><')}</rows>", CONTRACT)
        self.assertEqual(row.reason, "id_invalid")

    def test_encodings(self) -> None:
        text = '<?xml version="1.0" encoding="{}"?><rows><row><id>é</id></row></rows>'
        for encoding in ("utf-8", "iso-8859-1", "utf-16"):
            self.assertEqual(self.fields(text.format(encoding).encode(encoding)), [{"id": "é"}])

    def test_no_records(self) -> None:
        for body in (
            "",
            " \n ",
            "\ufeff\n",
            "<rows/>",
            "<rows><other/></rows>",
            "<?xml version='1.0'?><rows><!-- row --></rows>",
        ):
            self.assertEqual(self.fields(body), [])

    def test_constant_memory(self) -> None:
        row = ROW + f"<other>{'x' * 1000}</other>"
        body = f"<rows><part>{row * 20_000}</part></rows>"
        tracemalloc.start()
        self.assertEqual(len(self.records(body, CONTRACT).path.read_bytes().splitlines()), 20_000)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertLess(peak, 3.2 * len(body))


class Refused(XmlTestCase):
    def test_faults_end_the_document(self) -> None:
        for rest in ("<row><id>b</row>", "<row>", "</other>", "&nope;", "<row a=1/>", "\x0b", "x & y"):
            found = self.read(f"<rows>{ROW}{rest}</rows>", CONTRACT)
            self.assertEqual([kind for _, kind in found], [FIELDS, "malformed_xml"], rest)
            self.assertIn(": line 1, column 1", found[-1][0])

    def test_what_is_no_xml(self) -> None:
        for body in ('{"id":"a"}', "plain words", "<rows>", "<rows/><rows/>"):
            self.assertEqual(self.fields(body), ["malformed_xml"], body)

    def test_entities_of_ones_own(self) -> None:
        bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
        for declared, used in ((bomb, "&e9;"), ('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), ("", "a")):
            body = f"<!DOCTYPE rows [{declared}]><rows><row><id>{used}</id></row></rows>"
            self.assertEqual(self.fields(body), ["malformed_xml"])

    def test_an_external_document_type(self) -> None:
        self.assertEqual(self.fields('<!DOCTYPE rows SYSTEM "http://127.0.0.1:1/x.dtd"><rows/>'), ["malformed_xml"])

    def test_an_unknown_encoding(self) -> None:
        self.assertEqual(self.fields('<?xml version="1.0" encoding="klingon"?><rows/>'), ["malformed_xml"])


if __name__ == "__main__":
    unittest.main()
