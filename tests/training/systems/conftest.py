import pytest
from markup import markup

# Composed for these tests: enough for a system to tell four kinds of clauses apart.
_FORMS = (
    "[{}中小学停课](school_restriction)，[居民进门测温](entry_screening)。",
    "[{}全员核酸采样](testing)，望大家理解。",
    "[{}进门测温](entry_screening)，今天{}天气晴好。",
    "[出门戴口罩](personal_protection::recommended)，{}记者昨日获悉。",
)
_PLACES = ("云台区", "海曲市", "松原县", "青岩镇", "白沙镇", "柳泉区", "临溪县", "望江市")


@pytest.fixture(scope="session")
def train():
    return [
        markup(form.format(*[place] * form.count("{}")), f"{number}-{place}")
        for place in _PLACES
        for number, form in enumerate(_FORMS)
    ]


@pytest.fixture(scope="session")
def dev():
    return [
        markup("[石桥镇中小学停课](school_restriction)，石桥镇天气晴好。", "dev-1"),
        markup("[石桥镇全员核酸采样](testing)，[石桥镇进门测温](entry_screening)。", "dev-2"),
    ]
