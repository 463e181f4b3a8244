def test_a_sound_package_has_no_problem(found):
    assert found() == []
