from policytext.corpus.splits import draw_splits, duplicate_groups, near_duplicates, split_of_new

LONG = "青堰镇自明日起停止一切集市和庙会，商户可在家中整理货物，复市时间由镇里另行通知。"
OTHER = "云陵省客运公司公布春季班车时刻，乘客凭实名车票上车，行李请提前一小时托运。"
SHARE = {"dev": 0.1, "test": 0.1}


def test_a_retold_text_is_a_near_duplicate_whatever_its_script_and_punctuation():
    texts = {
        "a": LONG,
        "b": f"据悉，{LONG.replace('，', ' ')}",
        "c": LONG.replace("时间", "時間").replace("镇", "鎮"),
        "d": OTHER,
    }
    assert {frozenset(pair) for pair in near_duplicates(texts)} == {frozenset("ab"), frozenset("ac"), frozenset("bc")}


def test_groups_are_chains_of_pairs_named_by_their_smallest_id():
    texts = {"x": LONG + OTHER, "b": LONG, "c": OTHER, "z": "别的事情，与前文毫无关系的一句话而已。"}
    assert duplicate_groups(texts) == {"x": "b", "b": "b", "c": "b", "z": "z"}


def draw(count, seed=1):
    names = [f"d{i:03}" for i in range(count)]
    groups = {name: names[i - i % 2] for i, name in enumerate(names)}
    strata = {name: ("notice" if i % 4 < 2 else "news",) for i, name in enumerate(names)}
    return groups, strata, draw_splits(strata, groups, dict.fromkeys(names, 10), SHARE, seed)


def test_the_draw_keeps_groups_whole_and_each_stratum_in_its_share():
    groups, strata, drawn = draw(200)
    assert all(drawn[name] == drawn[group] for name, group in groups.items())
    for stratum in (("notice",), ("news",)):
        splits = [drawn[name] for name in drawn if strata[name] == stratum]
        assert (len(splits), splits.count("dev"), splits.count("test")) == (100, 10, 10)


def test_the_draw_can_be_repeated_and_depends_on_the_seed():
    assert draw(200)[2] == draw(200)[2] != draw(200, seed=2)[2]


def test_a_new_document_follows_its_group_and_moves_nobody():
    known = {"a": "test", "b": "train"}
    assert split_of_new("a", known, ["new", "a"], SHARE) == "test"
    names = [f"new-{number}" for number in range(2000)]
    splits = [split_of_new(name, known, [name], SHARE) for name in names]
    assert splits == [split_of_new(name, known | dict.fromkeys(names[:9], "dev"), ["?"], SHARE) for name in names]
    assert 150 < splits.count("dev") < 250
    assert 150 < splits.count("test") < 250
