"""Offers in our languages, each in two writings of one wording."""

from __future__ import annotations

from casefile.records import ReadPost
from tests.graph.making import phone, place, read_post

A, B = "+6281200000001", "+6281200000002"

PAIRS = {
    "id": (
        "Dibutuhkan admin chat untuk {}! Gaji besar, tiket dan paspor diurus, mes dan makan gratis. Hubungi {}",
        "DIBUTUHKAN admin chat untuk {} 🔥 gaji besar tiket & paspor diurus, mes dan makan gratis!! hubungi: {}",
    ),
    "vi": (
        "Tuyển nhân viên trực chat tại {}, lương cao, bao ăn ở, bao vé, không cần bằng cấp, liên hệ {}",
        "Tuyen nhan vien truc chat tai {} - luong cao, bao an o, bao ve, khong can bang cap. Lien he {}",
    ),
    "th": (
        "รับสมัครแอดมินตอบแชทที่ {} รายได้ดี มีที่พักและอาหารฟรี ออกค่าเดินทางให้ ติดต่อ {}",
        "รับสมัครแอดมินตอบแชทที่ {} รายได้ดีมาก มีที่พักและอาหารฟรี ออกค่าเดินทางให้!! ติดต่อ {}",
    ),
    "zh": (
        "急招客服,工作地点{},高薪包吃住,报销机票,无需学历经验,有护照即可,公司环境优越,待遇从优,联系{}",
        "【急招】客服,工作地点{},高薪包吃住、报销机票、无需学历经验、有护照即可,公司环境优越,待遇从优。联系{}",
    ),
    "km": (
        "ជ្រើសរើសបុគ្គលិកឆ្លើយសារនៅ {} ប្រាក់ខែខ្ពស់ មានកន្លែងស្នាក់នៅ និងអាហារ មិនត្រូវការបទពិសោធន៍ ទាក់ទង {}",
        "ជ្រើសរើសបុគ្គលិកឆ្លើយសារនៅ {} ប្រាក់ខែខ្ពស់! មានកន្លែងស្នាក់នៅ និងអាហារ មិនត្រូវការបទពិសោធន៍៖ ទាក់ទង {}",
    ),
    "my": (
        "{} တွင် စာပြန်ဝန်ထမ်း အမြန်ခေါ်ယူသည် လစာကောင်း နေစရာ စားစရာ အခမဲ့ အတွေ့အကြုံမလို ဆက်သွယ်ရန် {}",
        "{} တွင် စာပြန်ဝန်ထမ်း အမြန်ခေါ်ယူသည်။ လစာကောင်း၊ နေစရာ စားစရာ အခမဲ့၊ အတွေ့အကြုံမလို။ ဆက်သွယ်ရန် {}",
    ),
}


def offer(number: int, words: str, town: str, contact: str) -> ReadPost:
    named = {town: place(f"KH/{town.casefold()}", town, "destination"), contact: phone(contact)}
    return read_post(number, words.format(town, contact), named, day=number)
