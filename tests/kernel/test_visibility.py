"""Nobody sees beyond the place of their office."""

from chengxiang.kernel.subjects.models import Subject


def subject(code: str, place: str) -> Subject:
    return Subject.objects.create(kind="household", code=code, name="王德福", place_code=place)


def test_a_clerk_sees_the_subjects_of_the_own_township_only(li, wang, chen, visitor):
    here = subject("211223103201000001", "211223103201")
    there = subject("211223104201000001", "211223104201")
    assert list(Subject.objects.visible_to(li)) == [here]
    assert list(Subject.objects.visible_to(wang)) == [there]
    assert list(Subject.objects.visible_to(chen)) == [here, there]
    assert not Subject.objects.visible_to(visitor).exists()


def test_a_permission_holds_below_the_office_and_nowhere_else(li):
    assert li.may("land.read", at="211223103201")
    assert not li.may("land.read", at="211223104201")
    assert not li.may("land.read", at="211223")
    assert not li.may("land.import", at="211223103201")
