"""JUnit XML is as pytest writes it, and fits the schema that its readers have."""

import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from autograder.model.verdict import Outcome
from autograder.report.exports.junit import junit_xml
from tests.report.exports.classes import ALL, MIXED, STOPPED, public, result
from tests.report.exports.junit_schema import faults


def junit(one):
    """The root of the XML."""
    return ET.fromstring(junit_xml(one))


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """What pytest writes about a test that passes, one that fails and one that is skipped."""
    folder = tmp_path_factory.mktemp("junit")
    (folder / "test_it.py").write_text(
        "import pytest\n\n\n"
        "def test_right(record_testsuite_property):\n    print()\n    record_testsuite_property('finding', 'x')\n\n\n"
        "def test_wrong():\n    assert 0, 'why\\x1b'\n\n\n"
        "def test_left_out():\n    pytest.skip('because')\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junit-xml=out.xml", "."]
    command += ["-o", "junit_logging=system-out"]
    subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=100)
    return ET.parse(folder / "out.xml").getroot()


def shape(root):
    """Which elements stand in which, and the attributes that each kind has."""
    edges = {(outer.tag, element.tag) for outer in root.iter() for element in outer}
    attributes = {}
    for element in root.iter():
        attributes.setdefault(element.tag, set()).update(element.attrib)
    return edges, attributes


@pytest.mark.parametrize("one", ALL)
def test_junit_is_as_pytest_writes_it(one, example):
    """No element and no attribute that pytest doesn't write, and every one but where and when it ran."""
    edges, attributes = shape(junit(one))
    known_edges, known = shape(example)
    assert edges <= known_edges
    for tag, names in attributes.items():
        assert names == known[tag] - {"hostname", "timestamp"}, tag


@pytest.mark.parametrize("one", ALL)
def test_junit_fits_the_schema(one):
    """Jenkins' junit-10.xsd, by its facts: elements and their order, attributes, values."""
    assert faults(junit(one)) == []


def test_what_pytest_writes_fits_the_schema(example):
    """So that the schema refuses nothing that is right."""
    assert faults(example) == []


WRONG = [
    ("testsuites", "testrun", "<testrun> begins the document"),
    ('<skipped type="t" message="m">x</skipped>', "<ignored/>", "<testcase> holds ignored"),
    ("</testsuites>", "<testcase name='x'/></testsuites>", "<testsuites> holds testsuite testcase"),
    ("</testsuite>", "<properties/></testsuite>", "<testsuite> holds properties testcase testcase testcase prop"),
    ("</testsuite>", "<failure/></testsuite>", "<testsuite> holds properties testcase testcase testcase failure"),
    ("</system-out>", "</system-out><failure/>", "<testcase> holds system-out failure"),
    ("<system-out>", "<failure/><system-out><b/>", "<system-out> holds b"),
    ("</properties>", "word</properties>", "<properties> holds text"),
    (' value="x"', "", "<property> lacks value"),
    (' tests="3"', "", "<testsuite> lacks tests"),
    (' tests="3"', ' tests="three"', "<testsuite> tests is 'three'"),
    (' time="0.000" name', ' time="soon" name', "<testsuite> time is 'soon'"),
    ('classname="a"', 'class="a"', "<testcase> has no attribute class"),
    ("<skipped ", "<skipped reason='' ", "<skipped> has no attribute reason"),
]


@pytest.mark.parametrize(("right", "wrong", "fault"), WRONG)
def test_what_does_not_fit_the_schema(right, wrong, fault):
    """An element, an attribute, a value or an order that it does not know."""
    text = (
        '<testsuites><testsuite time="0.000" name="s" tests="3" failures="1" errors="0"><properties>'
        '<property name="p" value="x"/></properties><testcase name="1" classname="a"><failure message="m"/></testcase>'
        '<testcase name="2"><skipped type="t" message="m">x</skipped></testcase>'
        '<testcase name="3"><system-out>x</system-out></testcase></testsuite></testsuites>'
    )
    assert faults(ET.fromstring(text)) == []
    assert right in text
    assert any(each.startswith(fault) for each in faults(ET.fromstring(text.replace(right, wrong))))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("a ]]> b <![CDATA[ c", "a ]]> b <![CDATA[ c"),
        ("<b> & \"c\" 'd' &amp;", "<b> & \"c\" 'd' &amp;"),
        ("\0\x08\x1b[31m\x7f", "#x00#x08#x1B[31m\x7f"),
        ("\ud800\udc00 \ufffe\uffff", "#xD800#xDC00 #xFFFE#xFFFF"),
        ("🙂 \U0010ffff", "🙂 \U0010ffff"),
        ("期望 2，得到 3", "期望 2，得到 3"),
        ("\t a\tb ", "\t a\tb "),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        (" ", " "),
        ("", ""),
    ],
)
def test_junit_holds_whatever_is_said(said, read):
    """In names, findings, messages and texts, whichever signs are in it; a line ends as lines of XML do."""
    one = result(
        public("test_a", f"T{said}", Outcome.ERRORED, f"T{said}"),
        public("test_b", "T", Outcome.NOT_RUN, said),
        findings=(said,),
        student=f"S{said}",
    )
    root = junit(one)
    assert faults(root) == []
    cases = root.findall(".//testcase")
    assert cases[0][0].text == f"T{read}"
    assert cases[0][0].get("message") == f"T{read}".partition("\n")[0]
    in_one_line = [root[0].get("name")[1:], root.find(".//property").get("value"), cases[0].get("name")[1:]]
    assert in_one_line == [read] * 3


def test_junit_counts_as_pytest_does(example):
    """Failures, skipped and all."""
    counts = ("tests", "failures", "skipped", "errors")
    assert [junit(MIXED)[0].get(name) for name in counts] == ["5", "3", "0", "0"]
    assert [junit(STOPPED)[0].get(name) for name in counts] == ["2", "0", "2", "0"]
    assert [example[0].get(name) for name in counts] == ["3", "1", "1", "0"]


def test_junit_names_cases_by_exercise_and_title():
    """The cause of a public check is there in full, its first line as message; signs that XML can't hold are spelt."""
    case = junit(MIXED).findall(".//testcase")[1]
    assert (case.get("classname"), case.get("name")) == ("node.name", "A node has edges.")
    assert case[0].get("message") == "n.next_functions[0]: expected (None, 0),"
    assert case[0].text.endswith("found #x1B[1m1")


def test_junit_has_the_findings_as_properties():
    """Of the suite."""
    values = [each.get("value") for each in junit(MIXED).iter("property")]
    assert values == ["mytorch/node.py was changed", "handed in late"]
