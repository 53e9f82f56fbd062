"""What is said of a value that nobody has recorded, by its path in the facts."""

from exchange.core.rules import Message

UNKNOWN = {
    "school_province": Message("未登记学校所在省份", "The province of the school is not recorded"),
    "student.birth_date": Message("未登记学生出生日期", "The student's date of birth is not recorded"),
    "student.enrolled_on": Message("未登记学生入学日期", "The student's date of enrolment is not recorded"),
    "placement.kind": Message("未登记实习类型", "The kind of internship is not recorded"),
    "placement.start": Message("未登记实习开始日期", "The first day of the internship is not recorded"),
    "placement.end": Message("未登记实习结束日期", "The last day of the internship is not recorded"),
    "host.province": Message("未登记实习单位所在省份", "The province of the host is not recorded"),
    "host.venue": Message("未登记实习单位的场所类别", "The kind of venue of the host is not recorded"),
    "post.venue": Message("未登记实习岗位的场所类别", "The kind of venue of the post is not recorded"),
    "post.hazards": Message("未登记实习岗位的危害因素", "The hazards of the post are not recorded"),
    "post.labour_intensity": Message(
        "未登记实习岗位的体力劳动强度", "The intensity of physical work of the post is not recorded"
    ),
    "safety_test.score": Message("未登记安全考核成绩", "The score of the safety test is not recorded"),
    "safety_test.pass_score": Message("未登记安全考核合格线", "The pass mark of the safety test is not recorded"),
    "student.sex": Message("未登记学生性别", "The student's sex is not recorded"),
    "student.major": Message("未登记学生专业", "The student's major is not recorded"),
    "placement.arranged_by": Message("未登记实习由谁安排", "Who arranged the internship is not recorded"),
    "placement.capability": Message(
        "未登记学生能否相对独立工作", "Whether the student works independently is not recorded"
    ),
    "host.uscc": Message("未登记实习单位的统一社会信用代码", "The credit code of the host is not recorded"),
    "host.legal_status": Message("未登记实习单位是法人还是非法人组织", "The legal form of the host is not recorded"),
    "host.dishonesty_record": Message(
        "未登记实习单位有无违法失信记录", "Whether the host has a record of dishonesty is not recorded"
    ),
    "host.dishonesty_checked_on": Message(
        "未登记失信记录的查询日期", "When the host's record was looked up is not recorded"
    ),
    "host.party_meeting_on": Message(
        "未登记校级党组织会议研究日期", "The school's Party meeting on the host is not recorded"
    ),
    "host.published_on": Message(
        "未登记实习单位名单的公开日期", "When the list of hosts was published is not recorded"
    ),
    "host.staff_total": Message("未登记实习单位在岗职工总数", "The staff of the host is not recorded"),
    "host.interns_at_once": Message("未登记实习单位同期实习学生数", "The interns at the host at once are not recorded"),
    "post.majors": Message("未登记岗位对口的专业", "The majors of the post are not recorded"),
    "post.staff_same_kind": Message("未登记同类岗位在岗职工人数", "The staff in posts of this kind is not recorded"),
    "post.interns_at_once": Message("未登记岗位同期实习学生数", "The interns in the post at once are not recorded"),
    "post.wage": Message("未登记相同岗位工资", "The wage of the post is not recorded"),
    "post.lowest_grade_wage": Message("未登记最低档工资", "The lowest grade of wages is not recorded"),
    "lodging.away_from_home": Message(
        "未登记是否在外地住宿", "Whether the student lodges away from home is not recorded"
    ),
    "lodging.unified": Message("未登记是否统一住宿", "Whether the lodging is unified is not recorded"),
    "pay.amount": Message("未登记实习报酬", "The pay is not recorded"),
    "pay.cycle_months": Message("未登记报酬支付周期", "How often pay comes is not recorded"),
    "pay.method": Message("未登记报酬支付方式", "The way of paying is not recorded"),
    "pay.payee": Message("未登记报酬付给谁", "Who receives the pay is not recorded"),
    "pay.payer": Message("未登记报酬由谁支付", "Who pays is not recorded"),
    "end.logs_expected": Message("未登记应写日志篇数", "How many entries of the log are due is not recorded"),
    "end.logs_written": Message("未登记已写日志篇数", "How many entries of the log are written is not recorded"),
    "end.process_grade": Message("未登记过程性考核成绩", "The grade of the process is not recorded"),
    "end.result_grade": Message("未登记结果性考核成绩", "The grade of the result is not recorded"),
}
