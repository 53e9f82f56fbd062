import pytest

from exchange.core.masking import mask_name, mask_phone, mask_resident_id, masked


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_resident_id, "999999201005060026", "999999********0026"),
        (mask_resident_id, "G999999201005060026", "G99999*********0026"),
        (mask_resident_id, "12345", "*****"),
        (mask_resident_id, None, ""),
        (mask_phone, "13800005678", "138****5678"),
        (mask_phone, "12345", "****"),
        (mask_phone, "", ""),
        (mask_name, "李雨", "李*"),
        (mask_name, "李小雨", "李*雨"),
        (mask_name, "阿卜杜热合曼·买买提", "阿****提"),
        (mask_name, "李", "李*"),
        (mask_name, None, ""),
        (masked, "99999920100506002X", "999999********002X"),
        (masked, "13800005678", "138****5678"),
        (masked, "6222020200112233445", "*****************45"),
        (masked, "abc", "**"),
        (masked, None, ""),
    ],
)
def test_mask_shows_only_what_it_should(mask, value, shown):
    assert mask(value) == shown
