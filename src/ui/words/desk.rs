//! Words the desk says where things are read and done. The forms of the union itself are in
//! `desk_forms.rs`.

use super::area::words;
use domain::file::Reason;
use protocol::office::Likeness;

words! {
    /// Words of the desk.
    DeskWords {
        // Where one can go
        coverage_title: "覆盖", "Coverage";
        month(year: i32, month: u8): "{year} 年 {month} 月", "{year}-{month:02}";
        households_title: "住户", "Households";
        todo_title: "待办", "To do";
        union_title: "单位和人员", "Units, People";
        units_and: "单位和", "Units, ";
        me_title: "我的", "Me";
        to_coverage: "回到覆盖", "Back to coverage";
        sign_out_form_open: "手机端正开着一张没做完的表", "A form is open in the phone app";
        sign_out_form_kept: "退出也会退出手机端。写到一半的草稿留在本机，登录后接着做。", "Signing out here signs out there, too. The draft stays on this device; sign in and go on.";
        to_phone: "打开手机端", "Open the phone app";
        nowhere: "没有这一页，或者不在您负责的范围内。", "There is no such page, or it is not in your scope.";
        not_yours_title: "这不在您的权限里", "This is not yours to see";
        not_yours: "需要的话，请档案员或管理员给您加上权限。", "Ask the registrar or the administrator if you need it.";
        phone_only_title: "您的工作在手机上", "Your work is on the phone";
        phone_only: "这里是工会办公用的页面。走访请用手机端；需要在这里办公，请找档案员。", "This is the union’s desk. Visits are recorded in the phone app; ask the registrar if you need the desk.";
        // Signing in
        sign_in_title: "工会办公登录", "Sign in at the desk";
        sign_in_again: "请重新登录", "Please sign in again";
        sign_in_again_note: "登录时间到了。这一页和写好的内容都还在。", "The session has ended. This page and what you typed are still here.";
        password_forgotten: "忘了密码？请档案员或管理员重新发一个邀请。", "Forgotten? The registrar or the administrator makes a new invitation.";
        demo_helpers: "帮扶人请在手机端试用", "Helpers: try the phone app";
        join_at_phone: "这是给帮扶人的邀请，请在手机端打开。在这里不会用掉它。", "This invitation is a helper’s: open it in the phone app. It is not spent here.";
        join_welcome_first(name: &str): "{name}，您好。这是您工会的六知道。", "Hello {name}. This is your union’s Liuzhidao.";
        // When something does not work
        unreachable: "没有连上工会的服务器。请看一下网络，或问一下管理员服务器是不是开着。", "The union’s server was not reached. Check the network, or ask the administrator whether it is running.";
        unreachable_form: "没有连上工会的服务器，没有存上。写好的内容还在这里，连上以后再点一次。", "The union’s server was not reached and nothing was saved. What you typed is still here: try again once it is back.";
        unreadable: "服务器的回答看不懂。请刷新页面；还不行就告诉管理员。", "The server’s answer could not be read. Reload the page; if that does not help, tell the administrator.";
        kept_not_counted(why: &str): "工会已收下，还要核实：{why}", "Kept, but it does not count yet: {why}";
        kept_sealed: "工会已收下，但还打不开。请告诉管理员。", "Kept, but it cannot be opened. Tell the administrator.";
        sending: "正在送出…", "Sending…";
        send: "送出", "Send";
        fill_this: "请填写", "Please fill this in";
        look_at(items: &str): "请看一下：{items}", "Please look at: {items}";
        day_needed: "请选日期", "Choose a day";
        choose_unit: "请选所属单位", "Choose a unit";
        choose_person: "请选一个人", "Choose a person";
        pick_one: "请选一个", "Choose one";
        // Coverage
        print: "打印", "Print";
        on_time: "按期走访", "On time";
        households(count: u32): "{count} 户", "{count} households";
        than_month_ago: "比上月", "since last month";
        the_same: "持平", "the same";
        alerts: "急报", "Alerts";
        needs_open: "诉求未答复", "Needs unanswered";
        overdue: "超期未访", "Overdue";
        never_visited: "到期无走访记录", "Due, no visit on record";
        not_yet_due: "新建未到期", "New, not yet due";
        of_expected(count: u32): "应访 {count} 户", "of {count} due";
        six_known: "六知道", "The six";
        share_known(item: &str, share: u32, lacking: u32): "{item}：{share}% 的住户知道；{lacking} 户不知道或过期", "{item}: known of {share}%; {lacking} not known or out of date";
        lacking: "不知道或过期", "not known or out of date";
        lacking_count(count: u32): "差 {count} 户", "{count} lack it";
        units_below: "各单位", "Units";
        worst_first: "最该走访的", "Most overdue first";
        all_households(count: u32): "全部 {count} 户", "All {count}";
        no_households: "这里还没有住户", "No households here yet";
        no_households_ask: "请档案员先建档。", "The registrar opens their files first.";
        first_steps: "从这里开始", "Begin here";
        step_name: "写上工会的名称", "Name the union";
        step_name_why: "会显示在每个人的登录页上", "Shown to everybody who signs in";
        step_units: "先建分会和支会", "Make the branches and groups";
        step_units_why: "住户和人都归在单位下面", "Households and people belong to units";
        step_people: "再加人，发邀请", "Add people and invite them";
        step_people_why: "帮扶人、档案员、主席，各在自己的范围里", "Helpers, registrars, chairs, each within a scope";
        step_households: "给住户建档，定三个帮扶责任人", "Open files and fill the three seats";
        step_households_why: "知道多少先填多少，其余走访时问", "Fill in what is known; visits find out the rest";
        // Lists of households
        unit: "单位", "Unit";
        units: "单位", "Units";
        column_household: "户主", "Household";
        column_category: "类别", "Category";
        column_unit: "所属", "Unit";
        column_six: "六知道", "The six";
        column_last_visit: "上次走访", "Last visit";
        column_due: "走访", "Visit due";
        column_helpers: "帮扶人", "Helpers";
        column_waits: "待办", "To do";
        search_label: "找住户", "Find a household";
        search_hint: "姓名、拼音首字母、住址、电话、身份证号", "Name, pinyin initials, address, telephone, ID number";
        which: "看哪些", "Which";
        show_all: "全部住户", "All households";
        show_on_time: "按期走访的", "On time";
        numbers_odd: "电话号码不对", "Telephone numbers to check";
        seats_empty: "帮扶责任人不齐", "Seats empty";
        without_category: "没有类别", "No category";
        item_is(item: &str, state: &str): "{item}：{state}", "{item}: {state}";
        nobody_in_list: "没有这样的住户", "No such household";
        nothing_found: "没有找到", "Nothing found";
        nothing_found_hint: "换一个字，或写拼音首字母试试；也看一下单位选得对不对。", "Try another word or pinyin initials, and look whether the unit is right.";
        pages: "翻页", "Pages";
        page_back: "上一页", "Earlier";
        page_on: "下一页", "Later";
        from_to_of(from: u32, to: u32, total: u32): "第 {from}–{to} 户，共 {total} 户", "{from}–{to} of {total}";
        alerts_count(count: u32): "急报 {count}", "Alerts {count}";
        needs_count(count: u32): "诉求 {count}", "Needs {count}";
        last_visit_on(day: &str): "上次走访 {day}", "Last visit {day}";
        visited_last(day: &str): "上次 {day}", "last {day}";
        never_was: "还没有走访记录", "no visit on record yet";
        file_is_new: "新建", "new";
        // One household
        without_name: "（还不知道姓名）", "(name not known)";
        file_since(day: &str): "{day} 建档", "since {day}";
        is_proposed: "帮扶人上门发现的，等批准后建档。在“待办”里批准。", "Found at the door; waits for approval under To do.";
        nobody_said: "还没有人知道", "Nobody knows yet";
        versions(what: &str, count: usize): "{what}有 {count} 种说法，要选定一个", "{what}: {count} versions; one has to be chosen";
        edit_file: "修改档案", "Change the file";
        edit_item(item: &str): "修改：{item}", "Change {item}";
        move_unit: "转单位", "Move to another unit";
        who_answers: "帮扶责任人", "Who answers for it";
        seat_empty: "空着", "Empty";
        assign: "指定", "Assign";
        replace: "换人", "Replace";
        change_seat(seat: &str): "{seat}：指定或换人", "{seat}: assign or replace";
        visits: "走访", "Visits";
        visit_brought(by: &str): "从手机存下的文件里来，由{by}收进", "From a phone’s file, taken in by {by}";
        visit_withdrawn(day: &str, who: &str, taken_back: &str): "{day} {who}的走访，{taken_back} 本人撤回", "{who}’s visit of {day}, withdrawn {taken_back}";
        no_visits: "还没有走访过。", "No visit yet.";
        show_all_visits(count: usize): "看全部 {count} 次", "Show all {count}";
        with(one: &str, other: &str): "{one}、{other}", "{one}, {other}";
        met(whose: &str): "见到{whose}", "met: {whose}";
        amended: "改过", "amended";
        nothing_changed: "没有变化", "Nothing changed";
        not_said: "没有", "nothing";
        was_unknown: "不知道", "not known";
        needs: "诉求", "Needs";
        asked_on(day: &str, who: &str): "{day} {who}", "{day} {who}";
        promised_until(day: &str): "答应 {day} 前答复", "promised by {day}";
        promised_over(day: &str, over: &str): "答应 {day} 前答复\u{a0}· {over}", "promised by {day}\u{a0}· {over}";
        replied_on(day: &str, who: &str): "{day} 答复 {who}", "answered {day} {who}";
        answered_told(reply: &str, day: &str, who: &str): "{reply}\u{a0}· {day} {who}已转告家里", "{reply}\u{a0}· {who} told the family {day}";
        answered_told_by_telephone(reply: &str, day: &str, who: &str): "{reply}\u{a0}· {day} {who}已电话转告", "{reply}\u{a0}· {who} told the family by telephone {day}";
        answered_untold(reply: &str): "{reply}\u{a0}· 还没转告", "{reply}\u{a0}· not told yet";
        was_told(day: &str, who: &str): "{day} {who}转告过的（已改）", "what {who} told the family {day} (changed since)";
        was_told_by_telephone(day: &str, who: &str): "{day} {who}电话转告过的（已改）", "what {who} told the family by telephone {day} (changed since)";
        needs_untold: "已答复，还没转告", "Answered, family not told";
        needs_unanswered: "没答复的", "Unanswered";
        needs_answered: "没转告的", "Not told";
        needs_untold_intro: "答复会送到帮扶人手机上，走访时或打电话转告。拖久了的，请催一催。", "The answer goes to the helpers’ phones; they tell it at a visit or by telephone. Ask after those that take long.";
        no_needs_untold: "答复都转告了。", "Every family was told.";
        taken_up_on(day: &str, who: &str): "{day} 已接手 {who}", "taken up {day} {who}";
        found_on(day: &str, who: &str): "{day} {who} 上门发现", "found {day} by {who}";
        a_child: "子女", "Child";
        an_event: "大事", "Event";
        no_children: "没有上学的子女", "No children at school";
        no_telephone: "没有电话", "No telephone";
        not_described: "还不清楚", "not described";
        ended: "已不在这一户", "no longer here";
        work_number_is(number: &str): "工号 {number}", "no. {number}";
        per_year(money: &str): "一年约 {money}", "about {money} a year";
        // What one does about a household
        reply: "答复", "Answer";
        reply_again: "修改答复", "Change the answer";
        reply_words: "怎么答复", "The answer";
        reply_hint: "写帮扶人可以告诉这家人的话。", "Write what the helper may tell the family.";
        reply_again_hint: "改好的话会代替原来的，由帮扶人转告家里。", "It takes the place of the earlier answer; the helper tells the family.";
        reply_too_early: "不能早于提出诉求和原来答复的那天。", "Not before the need was asked, nor before the earlier answer.";
        reply_day: "哪天答复的", "Answered on";
        replied: "已答复，帮扶人手机上会看到。", "Answered; the helper sees it on the phone.";
        take_up: "接手", "Take up";
        take_up_words: "打算怎么办", "What is being done";
        take_up_hint: "谁去、什么时候、先做什么。", "Who goes, when, what first.";
        taken_up: "已接手。", "Taken up.";
        settle: "选定一个", "Choose one";
        settle_intro(what: &str): "{what}：以哪个为准？", "{what}: which one stands?";
        settle_note: "没选的留在历史里，不会丢。", "What is not chosen stays in the history.";
        settled: "已选定。", "Decided.";
        judge_accept: "算数", "Let it count";
        judge_refuse: "不算数", "Do not count it";
        judge_why: "为什么", "Why";
        accept_hint: "可不填。填了，记录的人会看到。", "Optional; its author sees it.";
        refuse_hint: "记录的人会看到这句话。", "Its author reads this.";
        accepted: "已算数。", "It counts now.";
        refused: "已记下，不算数。", "Noted; it does not count.";
        moves_from(unit: &str): "现在在：{unit}", "Now in: {unit}";
        move_to: "转到", "Move to";
        moved: "已转单位。", "Moved.";
        from_day: "从哪天起", "From";
        until_day: "到哪天为止", "Until";
        until_day_hint: "不填就是长期；填了到期自动回到原来的人。", "Empty: for good. Else it goes back by itself.";
        who_takes: "由谁来", "Who";
        seat_known: "选人", "Choose";
        seat_new: "新加一个人", "Somebody new";
        seat_nobody: "先空着", "Leave it empty";
        seat_new_note: "加上以后是这个单位的帮扶人；到“单位和人员”里给他发邀请。", "They become a helper of this unit; invite them under People.";
        person: "人员", "Person";
        assigned: "帮扶责任人已改。", "Changed.";
        as_of: "从哪天起是这样", "As of";
        as_of_hint: "填的是哪天的情况，就选哪天。", "The day on which this was so.";
        // A new household
        new_household: "新建住户", "New household";
        open_file: "建档", "Open the file";
        file_opened: "已建档。", "The file is open.";
        file_from: "建档日期", "File from";
        seats_later: "可以先空着，以后再定。", "May stay empty for now.";
        decide_later: "以后再定", "Decide later";
        say_or_later: "请选择；还不知道就选“以后再定”", "Choose; if it is not known, choose “Decide later”";
        one_in_all_seats: "三个席位是同一个人，确定吗？应由三个不同的人负责。", "One person in all three seats: are you sure? Three different people should answer.";
        one_in_seats(name: &str): "{name}占了两个席位，确定吗？应由三个不同的人负责。", "{name} is in two seats: are you sure? Three different people should answer.";
        is_finder(name: &str): "{name}（发现人）", "{name} (found it)";
        similar_there(count: usize): "先看一下：已有 {count} 户相似", "Look first: {count} alike";
        similar_none: "没有相似的住户。", "Nothing like it.";
        similar_elsewhere: "另一单位有一户相似，请问上级工会。", "Another unit has one like it: ask the union above.";
        not_the_same: "都不是同一户", "None of these is the same";
        similar_asking: "正在查有没有相似的住户", "Looking for households like it";
        similar_failed: "没查成有没有相似的住户，请先再查一次。", "Whether there are households like it is not known: try that again first.";
        look_at_similar: "上面有相似的住户，请先看是不是同一户。", "There are households like it above: look whether one is the same.";
        what_was_found: "发现的情况", "What was found";
        main_cause: "主要致困原因", "Main cause";
        further_causes: "其他原因（最多三个）", "Further causes (up to three)";
        worker_name: "姓名", "Name";
        sex: "性别", "Sex";
        born: "出生年月", "Born";
        work_number: "工号", "Work number";
        id_number: "身份证号", "ID number";
        id_ends_in(tail: &str): "尾号 {tail}", "ends in {tail}";
        id_number_ends_in(tail: &str): "身份证尾号 {tail}", "ID number ends in {tail}";
        roster_said(day: &str): "花名册 {day}", "roster {day}";
        other_columns: "表里的其他列", "Other columns of the roster";
        other_columns_of(day: &str, file: &str): "{day} 的花名册（{file}）", "roster of {day} ({file})";
        category_written(text: &str): "没有类别，表里写的是“{text}”", "no category; the roster says “{text}”";
        id_number_hint: "只存在工会，手机上看不到。", "Stays at the office; no phone shows it.";
        id_number_kept: "登记过的不在这里显示；要改才填。", "One that is noted is not shown here; fill in only to change it.";
        id_number_wrong: "身份证号不对，请再看一遍。", "This is no ID number; look again.";
        address: "住址", "Address";
        landmark: "位置说明", "Where it is";
        dwelling: "住房", "Dwelling";
        telephones: "电话", "Telephone";
        has_telephone: "有电话", "There is one";
        not_known_yet: "还不知道", "Not known";
        telephone_number: "电话号码", "Number";
        telephone_wrong: "请写 3 到 20 位数字", "3 to 20 digits, please";
        whose: "谁的", "Whose";
        another_telephone: "再加一个电话", "Another number";
        remove_telephone: "去掉这个电话", "Remove this number";
        marital: "婚姻状况", "Marital state";
        spouse_name: "配偶姓名", "Spouse’s name";
        spouse_work: "配偶工作", "Spouse’s work";
        spouse_health: "配偶健康", "Spouse’s health";
        spouse_telephone: "配偶电话", "Spouse’s telephone";
        children: "子女", "Children";
        has_children: "有子女", "There are some";
        child_name: "子女姓名", "Child’s name";
        stage: "学段", "Stage";
        grade: "年级", "Grade";
        school: "学校", "School";
        yearly_cost: "一年要花", "Yearly cost";
        another_child: "再加一个子女", "Another child";
        remove_child: "去掉这个子女", "Remove this child";
        events: "大事", "Events";
        event_kind: "什么事", "What sort";
        event_day: "什么时候", "When";
        event_who: "谁", "Who";
        event_what: "怎么回事", "What happened";
        event_cost: "花了多少", "What it cost";
        another_event: "再加一件", "Another event";
        remove_event: "去掉这件事", "Remove this event";
        // To do
        rivals: "说法不一", "Versions that differ";
        rivals_intro: "同一天里两个人说的不一样，或者确认了旧的。请选定一个。", "Two people said different things of one day, or an older value was confirmed. Decide.";
        no_rivals: "没有说法不一的。", "Nothing differs.";
        pairs: "像是同一次走访", "Two records, one visit?";
        pairs_intro: "两个人一起去，各记了一份。是同一次的，只算一次走访；两份里写的都留着。", "Two went together and both wrote it down. One visit counts once; what either says stays.";
        no_pairs: "没有像是同一次的。", "No two look like one visit.";
        pair_looks_like_one: "两份记录像是同一次走访", "Two records look like one visit";
        pair_joined(with: &str): "和{with}的记录是同一次走访", "One visit with the record of {with}";
        pair_was_two: "说过是两次走访", "Said to be two visits";
        quarantine: "待核实的记录", "Entries to check";
        quarantine_intro: "这些记录工会都收着，一条不丢，核实以后才算数。", "The office keeps all of these; they only do not count yet.";
        no_quarantine: "没有要核实的记录。", "Every entry counts.";
        held_sealed: "打不开：封装它的密钥不在这台服务器上。请管理员恢复密钥备份。", "Cannot be opened: its key is not on this server. The administrator restores the keys.";
        arrived(when: &str, who: &str): "{when} {who}", "{when} {who}";
        what_it_says: "写了什么", "What it says";
        proposals: "待批准建档", "Households to approve";
        proposals_intro: "帮扶人上门发现、名单上没有的住户。先看有没有重复，再批准。", "Found at the door and not on the list. Look for doubles first.";
        no_proposals: "没有等批准的住户。", "Nothing to approve.";
        approve: "批准建档", "Approve";
        do_not_open: "不建档", "Do not open a file";
        phones: "手机里没到的记录", "Records that did not arrive";
        queue_file: "手机里的六知道打不开了？", "The app on a phone does not open any more?";
        queue_file_why(address: &str): "在那台手机的浏览器里打开 {address} ，把没送到的记录存成文件，拿到这里收进来。收几次都一样，不会变成两份。", "Open {address} in that phone’s browser, save what was not sent to a file, and take the file in here. Doing so twice does no harm.";
        queue_file_pick: "收进这个文件", "Take a file in";
        queue_file_under: "正在收。", "Taking it in.";
        queue_file_is_none: "这不是手机存下来的待发文件（liuzhidao-日期.json）。请换一个文件。", "This is no file that a phone’s rescue page saved (liuzhidao-date.json). Choose another.";
        queue_file_broken(arrived: usize, why: &str): "收进了 {arrived} 条就停了：{why}再收一次就行，不会重复。", "Stopped after {arrived}: {why} Take it in once more; nothing doubles.";
        queue_file_all(counts: usize): "收进来了，{counts} 条都算数了。", "Taken in: all {counts} count.";
        queue_file_done(counts: usize, waits: usize): "收进来了：{counts} 条已算数，{waits} 条在“待办”的“待核实的记录”里等着。", "Taken in: {counts} count, {waits} wait under To do, Entries to check.";
        phones_intro: "手机说记了多少条、工会收到多少条。少了的，请本人打开手机连上网；还没到的再问一问。", "What each phone says it made, and what arrived. Where some are missing, let its owner open the app with a network.";
        phones_missing: "有没到的", "Some missing";
        phones_complete: "都到了的", "Complete";
        no_phones_missing: "手机上次联系时说有的，都到了。一直没联系上的手机里还有没有，工会不知道：看“都到了的”里上次联系的时间。", "All that phones spoke of when they were last in touch has arrived. What a phone holds that has not been in touch since, nobody knows: see when each was, under Complete.";
        no_phones: "还没有手机联系过。", "No phone yet.";
        made_arrived(made: u64, arrived: u64): "至少记了 {made} 条，到了 {arrived} 条", "made at least {made}, {arrived} arrived";
        phone_seen(when: &str): "上次联系 {when}", "last contact {when}";
        phone_before(when: &str): "手机清空以前，上次联系 {when}", "before its storage was lost, last contact {when}";
        phone_not_arrived(count: u64): "{count} 条还没到", "{count} not arrived yet";
        phone_lost(count: u64): "{count} 条没送到就清空了，请问本人补记", "{count} were lost with the storage: ask for them again";
        phone_noted: "知道了", "Noted";
        feedback: "对软件的意见", "Words about the app";
        no_feedback: "还没有人提意见。", "Nobody has said anything yet.";
        mark_read: "已看过", "Mark as read";
        is_read: "看过了", "Read";
        feedback_thanks: "已记下，谢谢。", "Noted, thank you.";
        sent_along(about: &str): "一起送出：{about}", "Sent along: {about}";
        needs_late(count: u32): "{count} 条过了答应的日子", "{count} past the promised day";
        no_alerts: "没有要接手的急报。", "No alert waits.";
        no_needs: "诉求都答复了。", "Every need is answered.";
        no_needs_done: "还没有办完的诉求：答复以后，转告了家属才算办完。", "No need is done yet: it is once the family was told of the answer.";
        still_open: "待办的", "Waiting";
        already_done: "办完的", "Done";
        my_roles: "我的角色", "My roles";
    }
}

impl DeskWords {
    /// Why an entry does not count, and what the desk does about it.
    #[must_use]
    pub const fn reason(self, reason: Reason) -> &'static str {
        match reason {
            Reason::UnknownHousehold => self.0.pick(
                "这一户还没有档案；建档后自动算数。",
                "The household has no file yet; it counts once it has.",
            ),
            Reason::AwaitingApproval => self.0.pick(
                "这一户等批准建档；批准后自动算数。",
                "The household waits for approval; it counts once approved.",
            ),
            Reason::NoSeat => self.0.pick(
                "那天记录的人不是这一户的帮扶责任人。补上责任人就自动算数，或者由您定。",
                "On that day its author held no seat here. Assign the seat as of that day, or decide.",
            ),
            Reason::UnknownAuthor => self.0.pick(
                "不认识记录的人；把人加上就自动算数。",
                "Its author is not known; it counts once they are.",
            ),
            Reason::AuthorMismatch => self.0.pick(
                "记录的人和送来的手机登录的人不是同一个。",
                "Its author is not the one whose phone sent it.",
            ),
            Reason::UnknownKind | Reason::UnknownSchema => self.0.pick(
                "手机的软件比工会的新；升级服务器后自动算数。",
                "The phone’s app is newer; it counts after the server’s upgrade.",
            ),
            Reason::Malformed => self.0.pick("内容看不懂，原样留着。", "It cannot be read; kept as it is."),
            Reason::AbsentTarget => self.0.pick(
                "它说的那条记录还没到；到了自动算数。",
                "What it speaks of has not arrived; it counts once it has.",
            ),
            Reason::IdTaken => self.0.pick(
                "和另一条记录编号相同，两条都留着。请告诉管理员。",
                "Another entry has the same id; both are kept. Tell the administrator.",
            ),
            Reason::NotAllowed => self.0.pick("手机上不能做这件事。", "A phone may not do this."),
            Reason::Refused => self.0.pick("工会定了：不算数。", "The union decided that it does not count."),
        }
    }

    /// In what two households are alike.
    #[must_use]
    pub const fn alike(self, alike: Likeness) -> &'static str {
        match alike {
            Likeness::IdNumber => self.0.pick("同一身份证号", "same ID number"),
            Likeness::Telephone => self.0.pick("同一电话", "same telephone"),
            Likeness::Name => self.0.pick("同名", "same name"),
            Likeness::Sound => self.0.pick("名字同音", "same sound"),
            Likeness::Address => self.0.pick("同一住址", "same address"),
        }
    }

    /// What sort of act an entry is, by its word.
    #[must_use]
    pub fn entry_kind(self, kind: &str) -> &'static str {
        match kind {
            "visit" => self.0.pick("家访", "Visit"),
            "amend" => self.0.pick("修改家访", "Amended visit"),
            "withdraw" => self.0.pick("撤回家访", "Withdrawn visit"),
            "confirm" => self.0.pick("同行确认", "Companion’s confirmation"),
            "alert" => self.0.pick("急报", "Alert"),
            "propose" => self.0.pick("上门发现", "Found at the door"),
            "pair" => self.0.pick("是否同一次走访", "Whether two records are one visit"),
            "tell" => self.0.pick("电话转告", "Told by telephone"),
            "" => self.0.pick("打不开的记录", "An entry that cannot be opened"),
            _ => self.0.pick("记录", "Entry"),
        }
    }
}
