"""XML: an element per record; documents that are none, or try to be more, are refused."""

from __future__ import annotations

import tracemalloc
import unittest
from decimal import Decimal
from unittest.mock import patch

from lakeworks.read import xml_records
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

    def test_a_document_of_other_elements_is_a_bad_record(self) -> None:
        found = self.read("<sales><Row><id>a</id></Row><Row/></sales>", CONTRACT)
        self.assertEqual(found, [("no <row> in <sales>, but <Row>", "row_tag_absent")])
        for body in (f"<rows><made>today</made>{ROW}</rows>", f"<a><b>{ROW}</b></a>"):
            self.assertNotIn("row_tag_absent", self.fields(body), body)

    def test_a_nested_value_where_text_is_due(self) -> None:
        (row,) = self.conformed(f"<rows>{ROW.replace('>a<', '><x>1</x><')}</rows>", CONTRACT)
        self.assertEqual(row.reason, "id_invalid")

    def test_encodings(self) -> None:
        text = '<?xml version="1.0" encoding="{}"?><rows><row><id>é</id></row></rows>'
        for encoding in ("utf-8", "iso-8859-1", "utf-16"):
            self.assertEqual(self.fields(text.format(encoding).encode(encoding)), [{"id": "é"}])

    def test_raw_text_in_any_encoding(self) -> None:
        for encoding in ("utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-32", "utf-8-sig"):
            text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><rows><row><id>é</id></row></rows>'
            self.assertEqual(self.read(text.encode(encoding), CONTRACT), [("<row><id>é</id></row>", {"id": "é"})])

    def test_raw_text_is_as_it_was_written(self) -> None:
        rows = [
            "<row/>",
            "<row\n a = '1' />",
            "<row></row >",
            "<row><!-- </row> --><id>a</id><?x </row> ?></row>",
            "<row><id><![CDATA[</row>]]></id></row>",
            '<p:row xmlns:p="urn:p"><p:id>é</p:id></p:row\n>',
            "<row><row/></row>",
            "<row>1<b/>2</row>",
        ]
        expected = [{}, {"@a": "1"}, {}, {"id": "a"}, {"id": "</row>"}, {"id": "é"}, {}, {"#text": "12"}]
        for between in ("", "\n  "):
            for size in (1, 2, 5, 1000):
                with patch.object(xml_records, "_CHUNK", size):
                    found = self.read(f"<rows>{between.join(rows)}</rows>", CONTRACT)
                self.assertEqual(found, list(zip(rows, expected, strict=True)))
        for row, fields in zip(rows, expected, strict=True):
            self.assertEqual(self.read(row, CONTRACT), [(row, fields)])

    def test_a_value_that_is_said_to_be_none(self) -> None:
        xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        body = f'<rows {xsi}><row xsi:type="t"><id>a</id><note xsi:nil="true"/></row></rows>'
        self.assertEqual(self.fields(body), [{"id": "a"}])

    def test_repeated_elements_of_several_kinds(self) -> None:
        body = '<row><a u="1">x</a><a>y</a><a><b>1</b><b>2</b><c k="v"><d>3</d></c></a></row>'
        nested = {"b": ["1", "2"], "c": {"@k": "v", "d": "3"}}
        self.assertEqual(self.fields(body), [{"a": ["x", "y", nested], "a@u": "1"}])

    def test_no_records(self) -> None:
        for body in (
            "",
            " \n ",
            "\ufeff\n",
            "<rows/>",
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

    def test_what_is_left_is_said(self) -> None:
        found = self.read(f"<rows>{ROW}<row><id>b</row>{ROW}</rows>", CONTRACT)
        self.assertEqual(
            found[1], (f"mismatched tag: line 1, column 117\n<row><id>b</row>{ROW}</rows>", "malformed_xml")
        )

    def test_elements_too_deep_spoil_their_record_alone(self) -> None:
        deep = f"<row>{'<a>' * 5000}{'</a>' * 5000}</row>"
        self.assertEqual(self.read(f"<rows>{deep}{ROW}</rows>", CONTRACT), [(deep, "malformed_xml"), (ROW, FIELDS)])

    def test_records_too_long_spoil_none_but_themselves(self) -> None:
        long = f"<row><id>{'x' * 50}</id><a><b>{'<c/>' * 100}</b></a></row>"
        small = patch.multiple(xml_records, LONGEST_LINE=200, _LONGEST_TAG=200, KEPT=20, _CHUNK=50)
        with small:
            found = self.read(f"<rows>{ROW}{long}{ROW}<row/>{long}</rows>", CONTRACT)
            cut = (long[:20], "line_too_long")
            self.assertEqual(found, [(ROW, FIELDS), cut, (ROW, FIELDS), ("<row/>", {}), cut])
            ((raw, reason),) = self.read(f"<rows><!--{'x' * 1000}-->{ROW}</rows>", CONTRACT)
            self.assertEqual(
                (raw.split("\n")[0], reason), ("a tag or comment is longer than 200 bytes", "malformed_xml")
            )

    def test_a_document_in_a_wrong_encoding(self) -> None:
        found = self.read(f"<rows>{ROW}<row><id>".encode() + b"\xe9</id></row></rows>", CONTRACT)
        self.assertEqual([kind for _, kind in found], [FIELDS, "malformed_xml"])
        self.assertIn("<row><id>\\xe9</id>", found[1][0])

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
