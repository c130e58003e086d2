//! Words only the phone says. The phone's engineer adds here.

use super::area::words;
use domain::file::Reason;

words! {
    /// Words of the phone.
    PhoneWords {
        today_title: "今天走访谁", "Who to visit today";
        search_hint: "姓名、首字母、门牌", "Name, initials";
        due: "已到期", "Due";
        this_week: "本周", "This week";
        later: "以后", "Later";
        tab_visits: "走访", "Visits";
        tab_outbox: "待发", "To send";
        tab_me: "我的", "Me";
        no_signal: "无信号", "No signal";
        no_office: "没连上工会", "Union not reached";
        on_this_phone(count: usize): "{count} 条在本机", "{count} on this phone";
        household_of(name: &str): "{name}家", "{name}’s household";
        with_companion(name: &str): "与{name}同行", "with {name}";
        awaited(name: &str): "（待{name}确认）", " ({name} to confirm)";
        start_visit: "开始家访", "Start the visit";
        finish_visit: "完成家访", "Finish the visit";
        finish_attempt: "记下未遇", "Note that nobody was met";
        finish_missing(count: usize): "完成家访（还差 {count} 项）", "Finish ({count} still missing)";
        outbox_title: "待发", "To send";
        outbox_calm: "没有信号也不要紧，先存在这台手机里。", "No signal is no problem: it is kept on this phone until there is one.";
        outbox_waiting(count: usize): "{count} 条还没到工会", "{count} not yet at the union";
        outbox_oldest(days: i32): "最早一条存了\u{a0}{days}\u{a0}天", "the oldest has waited {days}\u{a0}d";
        outbox_next_try(time: &str): "下次自动试\u{a0}{time}", "next try at\u{a0}{time}";
        try_now: "现在就试", "Try now";
        tried_elsewhere: "有网络，但没连上工会：这里的网络可能要先登录，或者工会的电脑没有开。记录都在本机，连上会自动送出。", "There is a network, but not the union: this one may want a sign-in of its own, or the union’s computer is off. All is kept on this phone and goes out by itself.";
        tried_put_off: "工会这次没有收下，记录都在本机，过一会儿自动再送。", "The union did not take it this time. All is kept on this phone and goes out by itself.";
        tried_in_vain: "还是没有信号，记录都在本机，有信号会自动送出。", "Still no signal. All is kept on this phone and goes out by itself.";
        received_title: "工会已收到", "Received by the union";
        // The list
        soon(count: usize): "本周\u{a0}· {count}\u{a0}户", "This week\u{a0}· {count}";
        due_count(count: usize): "已到期\u{a0}· {count}\u{a0}户", "Due\u{a0}· {count}";
        later_count(count: usize): "以后\u{a0}· {count}\u{a0}户", "Later\u{a0}· {count}";
        none_due(next: &str): "今天没有到期的，最近一户 {next} 到期", "Nothing is due today; the next is due {next}";
        found_count(count: usize): "找到 {count} 户", "Found: {count}";
        found_none: "没有找到", "Nothing found";
        found_none_detail: "换个字、拼音首字母或电话再找。新发现的困难家庭可以先登记。", "Try another word, initials or a number. A family not on the list can be proposed.";
        list_empty: "还没有分给您的住户", "No households are assigned to you yet";
        list_empty_detail: "档案员把您设为帮扶责任人以后，住户会自动出现在这里。", "They appear here once the registrar names you as their helper.";
        propose: "登记新发现的困难家庭", "Propose a household";
        proposed: "待批准", "Awaiting approval";
        unsent_here: "在本机", "on this phone";
        drafts_open: "没做完的", "Not finished";
        draft_go_on: "接着做", "Go on";
        draft_kept(when: &str): "{when} 存的草稿", "draft of {when}";
        draft_visit: "家访", "Visit";
        draft_amend: "改家访", "Correction";
        draft_alert: "急报", "Alert";
        draft_propose: "新登记", "Proposal";
        news_replied(name: &str): "工会答复了{name}的诉求，去时告诉他们", "The union answered {name}: tell them when you go";
        news_replied_anew(name: &str): "工会改了对{name}的答复，请重新告诉他们", "The union changed its answer to {name}: tell them anew";
        news_approved(name: &str): "{name}建档已批准", "The file of {name} is open";
        news_held_back(name: &str): "{name}的一条记录，请看一下", "A record of {name}: please look";
        news_more(count: usize): "还有 {count} 条", "{count} more";
        news_waiting(count: usize): "工会有 {count} 条新消息，点这里看", "{count} new from the union: tap to see";
        mark_to_tell: "有答复要转告", "a reply to tell";
        mark_tried(day: &str): "{day} 没见到人", "missed {day}";
        mark_approved: "刚批准建档", "file just opened";
        contact_at(when: &str): "{when} 联系过工会", "union reached {when}";
        not_reached: "还是联系不上工会", "The union cannot be reached";
        ask_now: "看有没有新的", "Anything new?";
        asking: "正在问", "Asking";
        news_seen: "知道了", "Seen";
        draft_drop: "丢掉这份草稿", "Throw this draft away";
        draft_drop_title: "丢掉这份草稿？", "Throw it away?";
        draft_drop_sure: "丢掉以后找不回来。", "It cannot be brought back.";
        draft_gone: "这份草稿已经不在了", "This draft is gone";
        draft_unread: "这份草稿打不开", "This draft cannot be opened";
        draft_unread_detail: "它还在这台手机里，没有丢。请先更新；还打不开就告诉档案员，急用可以另开一份。", "It is still on this phone. Update first; if that does not help, tell the registrar, and begin another one meanwhile.";
        draft_gone_detail: "可能已经完成或丢掉，请回到列表。", "It was finished or thrown away; go back to the list.";
        all_sent: "都送到了", "All received";
        offline_elsewhere: "没连上工会\u{a0}· 照常记录", "Union not reached\u{a0}· go on as usual";
        offline_none: "无信号\u{a0}· 照常记录", "No signal\u{a0}· go on as usual";
        trying: "正在联系工会", "Contacting the union";
        unnamed: "姓名不详", "Name not known";
        // First sync
        first_title: "正在取来您的住户", "Fetching your households";
        first_progress(done: u32, total: u32): "{done} / {total} 户", "{done} / {total}";
        first_hint: "只有第一次要等。断了也不要紧，会接着取。", "Only the first time takes a while. If it breaks off, it goes on from there.";
        first_waiting: "等网络：第一次要联系工会取住户名单。", "Waiting for a network: the first time, the list comes from the union.";
        // Household
        household_gone: "这户不在您的手机里", "This household is not on your phone";
        proposal_withdrawn: "登记已撤回", "The proposal is withdrawn";
        proposal_withdrawn_detail: "工会不再审批这一户。", "The union will not decide on it.";
        household_gone_detail: "可能已经换了帮扶责任人。没送出的记录都在“待发”里。", "Perhaps somebody else answers for it now. Unsent records are under To send.";
        six_title: "六知道", "The six";
        not_known: "还不知道", "not known yet";
        never_confirmed: "没有问过", "never asked";
        says(day: &str, who: &str): "{day} {who}问到", "{who}, {day}";
        visits_title: "走访记录", "Visits";
        visits_none: "还没有走访过", "Not visited yet";
        needs_open: "还没答复的诉求", "Needs without a reply";
        replies_to_tell: "答复，请告诉家里", "Replies: tell the family";
        promised(day: &str): "答应 {day} 前答复", "promised by {day}";
        replied(day: &str): "{day} 答复", "replied {day}";
        replies_told: "已经告诉家里的答复", "Replies the family knows";
        told_on(day: &str): "{day} 已告诉家里", "the family was told {day}";
        told_by_telephone_on(day: &str): "{day} 已电话告诉家里", "the family was told by telephone {day}";
        tell_by_telephone: "电话里告诉了", "Told by telephone";
        tell_title: "电话里告诉家里了？", "Told by telephone?";
        tell_detail: "只记电话转告，不算家访。", "Only the call is noted: it is no visit.";
        tell_done: "告诉了", "Told";
        tell_saved: "已保存到本机：在电话里告诉了家里", "Kept on this phone: told by telephone";
        tell_withdraw: "撤回这次转告", "Withdraw this telling";
        tell_withdraw_title: "撤回这次转告？", "Withdraw this telling?";
        tell_withdraw_detail: "这条答复又算没有告诉家里。", "The reply counts as not told again.";
        tell_day: "哪天打的电话", "Called on";
        kind_tell: "电话转告", "Told by telephone";
        reply_told: "已经告诉他们", "They have been told";
        asked_on(day: &str): "{day} 提出", "asked {day}";
        helpers_title: "帮扶责任人", "Helpers";
        category_none: "没有类别", "No category";
        file_since(day: &str): "{day} 建档", "file since {day}";
        last_visit_on(day: &str): "上次走访 {day}", "last visit {day}";
        never_visited: "还没走访过", "never visited";
        go_on_visit: "接着家访", "Continue the visit";
        call(number: &str): "打电话 {number}", "Call {number}";
        no_telephone: "家里没有电话", "No telephone";
        no_children: "没有子女上学的事", "No children to know of";
        no_events_known: "没有大事", "No event";
        made_here: "本机记录", "of this phone";
        // Visit
        answered_of_six(count: usize): "{count} / 6", "{count} / 6";
        visit_of(name: &str): "{name}家", "{name}’s";
        alone: "一个人来的", "alone";
        keeping: "正在存", "keeping";
        kept: "已存好", "kept";
        not_kept: "没存上", "not kept";
        met_title: "见到了谁", "Who was met";
        companion_title: "谁和您一起来", "Who came along";
        companion_none: "没有同行", "Nobody";
        companion_other: "其他人", "Somebody else";
        companion_last(name: &str): "上次同行：{name}，今天也在吗？", "Last time with {name}: here today, too?";
        companion_there: "在", "Yes";
        companion_not_there: "不在，换人", "No";
        companion_name: "同行人姓名", "Companion’s name";
        day_title: "哪天去的", "Day of the visit";
        day_other: "选日期", "Choose";
        day_field: "家访日期", "Day";
        attempt_note: "没遇到人，记为“未遇”，不算走访。", "Nobody met: noted as an attempt, it does not count as a visit.";
        consent_title: "先念给家里听", "Read out first";
        consent_given: "同意", "Agreed";
        consent_refused: "不同意", "Not agreed";
        consent_put_off: "这次没问", "Not asked now";
        consent_refused_note: "不同意的，只记家里愿意说的。", "Note only what they are willing to tell.";
        answer_learnt: "问到了", "Learnt";
        why_not: "为什么没问到", "Why not";
        item_declined_before(day: &str): "{day} 不愿说", "declined {day}";
        rivals_pick: "有两种说法，请点对的那个", "Versions differ: pick the right one";
        rival_by(day: &str, who: &str): "{day} {who}", "{day}, {who}";
        changed_nothing(button: &str): "还没改什么。没变就点“{button}”。", "Nothing differs yet. If so, tap “{button}”.";
        changed_missing: "有一项还没填好", "A field is not filled in yet";
        changed_too_long: "有一处太长", "Something is too long";
        field_name: "姓名", "Name";
        field_sex: "性别", "Sex";
        field_born: "出生年月", "Born";
        field_work_number: "工号", "Work number";
        field_address: "住址", "Address";
        field_landmark: "怎么找到门", "How to find the door";
        field_dwelling: "住房", "Dwelling";
        field_number: "电话号码", "Number";
        field_whose: "谁的", "Whose";
        field_number_wrong: "请写能拨通的号码", "Write a number that can be dialled";
        telephone_lacks(digits: usize): "少 {digits} 位？手机号是 11 位", "{digits} digits short? A mobile has 11";
        telephone_exceeds(digits: usize): "多 {digits} 位？手机号是 11 位", "{digits} digits too many? A mobile has 11";
        telephone_landline: "请再看一遍：座机是 7 或 8 位，前面可以加区号", "Look again: a landline has 7 or 8 digits, an area code may stand before";
        class_up(name: &str, from: &str, to: &str): "{name}升级（{from} → {to}）", "{name} moved up ({from} → {to})";
        not_finished: "还没毕业", "Not yet";
        class_finished(name: &str): "{name}毕业了吗？", "Has {name} finished?";
        field_marital: "婚姻状况", "Marital state";
        field_spouse_name: "配偶姓名", "Spouse’s name";
        field_spouse_work: "配偶工作", "Spouse’s work";
        field_spouse_health: "配偶健康", "Spouse’s health";
        field_spouse_telephone: "配偶电话", "Spouse’s telephone";
        field_child_name: "孩子姓名", "Child’s name";
        field_stage: "现在读", "At school";
        field_grade: "年级", "Grade";
        field_school: "学校", "School";
        field_yearly_cost: "一年要花（学费、生活费）", "Costs per year (fees and living)";
        field_event_kind: "什么事", "What sort";
        field_event_day: "什么时候", "When";
        field_event_who: "谁", "Who";
        field_event_what: "情况", "What happened";
        field_event_cost: "花了多少", "What it cost";
        add_telephone: "再加一个电话", "Another telephone";
        remove_telephone: "去掉这个电话", "Remove this telephone";
        telephone_none_said: "没有电话", "No telephone";
        add_child: "添加子女", "Add a child";
        no_children_said: "没有子女", "No children";
        child_left: "已不在这家", "No longer here";
        child_back: "还在这家", "Still here";
        child_remove: "去掉", "Remove";
        remove_sure: "去掉填好的内容？", "Remove what was filled in?";
        add_event: "再加一件", "Another event";
        events_before: "以前记的，点一下可以改", "On file: tap to correct";
        event_over: "已经过去", "It is over";
        event_back: "还没过去", "Not over";
        ended: "已结束", "ended";
        new_mark: "新", "new";
        needs_title: "家里的诉求", "What they ask for";
        need_add: "添加诉求", "Add a need";
        need_kind: "哪方面", "What sort";
        need_kind_missing: "请点一下是哪方面", "Tap what sort it is";
        need_words: "怎么说的", "In their words";
        need_words_empty: "请写一句", "Write a line";
        need_promised: "答应什么时候答复", "Reply promised by";
        need_remove: "去掉这条诉求", "Remove this need";
        note_title: "备注", "Note";
        note_hint: "其他要记的", "Anything else";
        alert_title: "急报", "Alert";
        alert_in_visit: "家里出了大事，马上报工会主席", "Something grave: tell the chair at once";
        alert_words: "出了什么事", "What happened";
        alert_calm: "有信号马上送到；没有信号先存好，一有信号就送。", "It goes out as soon as there is a signal; until then it is kept.";
        alert_unsaid: "请先选是哪类事", "Choose first what sort of thing it is";
        alert_send: "报给工会主席", "Tell the chair";
        alert_kept: "急报已保存到本机，会尽快送到", "The alert is kept on this phone and goes out as soon as it can";
        alert_remove: "不报了", "No alert";
        alert_on_phone: "还在手机上，没有送到工会。急的话请直接打电话。", "Still on this phone. If it cannot wait, call the union.";
        alert_waits: "已报工会，还没有人接手。", "The union has it; nobody took it up yet.";
        alert_taken(day: &str, who: &str): "{day} {who} 已接手", "taken up {day} by {who}";
        alert_withdraw: "撤回急报", "Withdraw the alert";
        alert_withdraw_title: "撤回这条急报？", "Withdraw this alert?";
        alert_withdraw_detail: "报错了人家、其实没事，就撤回。工会看得到是您撤回的；已经有人去办的，请再打个电话说一声。", "Withdraw it if it was the wrong family or nothing happened. The union sees that you did; if somebody is on the way, call them, too.";
        next_title: "下次什么时候来", "Next visit";
        next_rule(day: &str): "按规定 {day} 前", "by rule before {day}";
        next_month: "一个月后", "In a month";
        next_quarter: "三个月后", "In three months";
        undo_last(item: &str): "撤销：{item}", "Undo: {item}";
        saved_on_phone(name: &str): "{name}家：已保存到本机", "{name}: kept on this phone";
        saving: "正在存到本机", "Keeping it";
        amend_title(name: &str): "改{name}家的家访", "Correct the visit: {name}";
        own_word: "您这次写的", "You wrote it then";
        finish_amend: "保存更正", "Save the correction";
        finish_amend_missing(count: usize): "保存更正（还差 {count} 项）", "Save ({count} still missing)";
        missing_day: "日期不能晚于今天", "The day is after today";
        // Outbox
        outbox_empty: "都送到了", "Everything has been received";
        outbox_empty_detail: "没有要送的记录。", "Nothing waits to be sent.";
        outbox_trying: "正在送", "Sending";
        state_on_phone: "已保存到本机", "Kept on this phone";
        state_received(when: &str): "✓ {when}", "✓ {when}";
        state_look: "请看一下", "Please look";
        state_held: "工会已收到，还没打开", "Received, not opened yet";
        state_too_large: "太大，送不出去", "Too large to send";
        held_detail: "工会已留存，但暂时打不开，管理员要找回密钥。您不用重做。", "The union has it but cannot open it yet; the administrator must restore a key. Nothing to do again.";
        too_large_detail: "这一条太大，路上的网络设备不放行，别的照送。记录还在手机里：可以存成文件交给档案员；网络改好后点“现在就试”。", "Too large for a device on the way; everything else is sent. It stays on the phone: save it to a file for the registrar, or tap Try now once the network is mended.";
        kind_visit: "家访", "Visit";
        kind_attempt: "未遇", "Nobody met";
        kind_amend: "更正", "Correction";
        kind_withdraw: "撤回", "Withdrawal";
        kind_confirm: "确认同行", "Confirmed";
        kind_alert: "急报", "Alert";
        kind_propose: "新登记", "Proposal";
        kind_propose_again: "登记更正", "Proposal corrected";
        known_of_six(count: usize): "六项知道{count}项", "{count} of six known";
        known_all: "六项都知道", "all six known";
        needs_count(count: usize): "{count} 条诉求", "needs: {count}";
        feedback_waiting(count: usize): "{count} 条意见等着送出", "Feedback waiting: {count}";
        confirm_asked(who: &str): "{who}记的这次有您同行。去了请点一下：", "{who} notes that you came along. If so, tap:";
        visited_today: "今天已经有一次家访", "There is a visit of today";
        visited_today_detail: "写错了就修改那次；又去了一次，就再记一次。", "Correct that one if it is wrong; note another if you went again.";
        visited_today_amend: "修改那次", "Correct it";
        visited_today_again: "再记一次", "Note another";
        confirm_was_there: "我那天也去了", "I was there, too";
        confirm_saved: "已保存到本机：您那天也去了", "Kept on this phone: you were there, too";
        record_title: "这条记录", "This record";
        record_gone: "这条记录已经不在手机里", "This record is no longer on the phone";
        record_gone_detail: "送到工会 90 天以后，手机里就不再留存。", "90 days after the union received it, it leaves the phone.";
        record_amend: "修改这次家访", "Correct this visit";
        record_withdraw: "撤回这次家访", "Withdraw this visit";
        proposal_amend: "修改登记", "Correct the proposal";
        proposal_withdraw: "撤回登记", "Withdraw the proposal";
        proposal_withdraw_title: "撤回这次登记？", "Withdraw this proposal?";
        proposal_withdraw_detail: "工会不再审批这一户，不能恢复。只是写错了的，请用“修改登记”。", "The union will not decide on it any more, for good. If it is only wrong somewhere, correct it.";
        proposal_amend_save: "保存修改", "Save the correction";
        proposal_amended(name: &str): "{name}家：修改已保存到本机，等工会批准", "{name}: the correction is kept on this phone, awaiting approval";
        withdraw_title: "撤回这次家访？", "Withdraw this visit?";
        withdraw_detail: "这次问到的都不再算数，不能恢复。只是写错了的，请用“修改”。", "What it said no longer counts, for good. If it is only wrong somewhere, correct it.";
        withdraw_untold(count: usize): "那次的诉求有 {count} 条答复还没告诉家里，撤回后就看不到了。先告诉他们再撤回。", "Answers to what was asked then that the family was not told yet: {count}. They go out of sight; tell the family first.";
        withdraw_why: "为什么撤回（可不填）", "Why (optional)";
        withdraw_do: "撤回", "Withdraw";
        withdrawn: "已撤回", "Withdrawn";
        withdraw_saved: "撤回已保存到本机", "The withdrawal is kept on this phone";
        amended: "已更正", "Corrected";
        said_nothing: "没有填", "nothing said";
        said_born(day: &str): "生于 {day}", "born {day}";
        said_work_number(number: &str): "工号 {number}", "work number {number}";
        said_yearly(money: &str): "一年 {money}", "{money} per year";
        said_notice(version: u32): "告知书第 {version} 版", "notice version {version}";
        said_since(day: &str): "{day} 起", "since {day}";
        found_day: "哪天找到的", "Found on";
        alert_day: "哪天知道的", "Learnt on";
        // Propose
        propose_title: "登记新家庭", "Propose a household";
        propose_look: "先查一查，免得一家建两份档案。", "Look first, so that no family has two files.";
        propose_none: "您负责的户里没有；别人负责的，手机里查不到，工会批准前会再查。", "None of yours; those of others are not on this phone, and the union looks before it approves.";
        propose_alike(count: usize): "名单里有 {count} 户像的，是同一户就点开：", "On the list, {count} alike; if it is one of these, open it:";
        propose_search: "姓名、电话或住址", "Name, telephone or address";
        propose_not_there: "没有，登记新的", "Not there: propose it";
        propose_why: "为什么需要帮扶", "Why it needs help";
        propose_unit: "属于哪个单位", "Unit";
        propose_send: "保存登记", "Save the proposal";
        propose_kept(name: &str): "{name}家已登记在本机，等工会批准", "{name} is kept on this phone, awaiting approval";
        propose_needs_name: "请写姓名", "Write the name";
        propose_needs_place: "请写住址或电话", "Write an address or a telephone";
        propose_needs_why: "请写为什么需要帮扶", "Write why it needs help";
        propose_needs_whose: "请选一下是谁的电话", "Choose whose number it is";
        // Me
        me_install: "装到手机桌面", "Put it on the home screen";
        me_desk: "打开工会桌面版", "Open the desk";
        // Signing in
        door_signed_out_elsewhere: "刚才在工会端或别的页面退出了登录。草稿和没送出的都还在本机，登录后接着做。", "Signed out at the desk or in another page. Drafts and unsent records are still on this phone: sign in and go on.";
        door_wait: "请稍等", "One moment";
        door_have_invite: "我是第一次用", "This is my first time";
        door_have_password: "我已有密码", "I have a password";
        door_iphone_then: "装好后从桌面的图标打开，用姓名和 8 位数字登录。", "Then open it from the icon and sign in with the name and the 8 digits.";
        not_helper: "您不是帮扶人，请到工会端去办。", "You are no helper: your work is at the desk.";
        join_not_helper: "这是工会端的邀请，请到工会端去设密码。在这里不会用掉它。", "This invitation is for the desk: set your password there. It is not spent here.";
        to_desk: "打开工会端", "Open the desk";
        // Notices
        somebody_else: "现在登录的是别人，请重新登录，才能收到新的。没送出的都在本机，不会丢。", "Somebody else is signed in here now: sign in again to get what is new. What is unsent is kept on this phone and is not lost.";
        sign_in_again: "登录到期了，请重新登录。没送出的都在本机，不会丢。", "Please sign in again. What is unsent is kept on this phone and is not lost.";
        left: "您已离岗，住户资料已从本机清掉。没送出的还会送到工会。", "You have left: the households were removed from this phone. What is unsent still goes out.";
        set_back: "工会的服务器恢复过备份，手机正在把记录再送一遍。", "The office was restored from a backup; this phone offers its records again.";
        storage_lost: "手机清掉了这里的存储，没送出的记录没有了。请告诉工会。", "The phone cleared this storage; unsent records are gone. Please tell the union.";
        forms_lost: "手机清掉了这里的存储，没填完的表没有了。", "The phone cleared this storage; unfinished forms are gone.";
        storage_kept(count: usize): "手机清掉了这里的存储，没填完的表没有了。没送出的 {count} 条记录还在，会送到工会。", "The phone cleared this storage; unfinished forms are gone. {count} unsent records are still here and will reach the union.";
        storage_full: "手机存满了。请删些照片或视频，再点一次。表格还在。", "The phone is full. Delete some photos or videos and tap again; the form is still here.";
        rows_damaged(count: usize): "这台手机里有 {count} 条内容读不出来。没送到的照样会送出。请不要清除数据，告诉档案员。", "{count} items on this phone cannot be read. What is unsent still goes out. Clear no data, and tell the registrar.";
        storage_closed: "手机的存储没有应答。请关掉其他页面，重新打开。", "The phone’s storage does not answer. Close other tabs and open it again.";
        vault_closed: "打不开手机里的记录。请不要卸载，马上联系管理员。", "The records on this phone cannot be opened. Do not uninstall; tell the administrator.";
        trouble_no_answer: "联系不上工会，有信号再试。", "The union cannot be reached; try when there is a signal.";
        trouble_too_long: "内容太长，请把备注改短。", "Too long: shorten the note.";
        trouble_saved_before: "这次家访已经存过。要改请到“待发”里打开它。", "It was saved before. To change it, open it under To send.";
        trouble_no_key: "还没和工会联系过，不能封存记录。请先联网一次。", "The union was never contacted, so nothing can be sealed. Connect once.";
        trouble_nobody: "请先登录。", "Sign in first.";
        trouble_kept_elsewhere: "这份表在另一个页面里接着填过，以那边为准，这里的没有存。请关掉这一页，或者刷新后接着填。", "Another page went on with this form, and its words stand; these here are not kept. Close this page, or reload it to go on.";
        trouble_draft_damaged: "这份草稿坏了，存不了。请另开一份重填。", "This draft is damaged and cannot be saved. Begin a new one.";
        start_failed: "没能打开", "It did not open";
    }
}

impl PhoneWords {
    /// Why the office keeps an entry without counting it, and what to do.
    #[must_use]
    pub const fn reason(self, reason: Reason) -> &'static str {
        match reason {
            Reason::UnknownHousehold => self.0.pick(
                "工会已留存，但还没有这一户的档案。请问一下档案员。",
                "The union has it, but no file of this household yet. Ask the registrar.",
            ),
            Reason::AwaitingApproval => self.0.pick(
                "工会已留存，等这一户批准后自动算数。您不用做什么。",
                "The union has it; it counts once the household is approved. Nothing to do.",
            ),
            Reason::NoSeat => self.0.pick(
                "工会已留存，但那天您不是这一户的帮扶责任人。请问一下档案员，是不是换过人或记错了户。",
                "The union has it, but on that day you did not answer for this household. Ask the registrar.",
            ),
            Reason::UnknownAuthor => self.0.pick(
                "工会已留存，但还不认识您这个人。请找档案员。",
                "The union has it but does not know you yet. See the registrar.",
            ),
            Reason::AuthorMismatch => self.0.pick(
                "工会已留存，但不是您本人登录时送来的。请找管理员。",
                "The union has it, but it came under another sign-in. See the administrator.",
            ),
            Reason::UnknownKind | Reason::UnknownSchema => self.0.pick(
                "工会已留存，但工会的软件比手机旧。等工会升级后自动算数。",
                "The union has it, but its software is older than this phone’s. It counts after the upgrade.",
            ),
            Reason::Malformed => self.0.pick(
                "工会已留存，但看不懂内容。请打开检查，改正后重新保存。",
                "The union has it but cannot read it. Open it, correct it and save again.",
            ),
            Reason::AbsentTarget => self.0.pick(
                "工会已留存，它要改的那条还没送到。送到后自动算数。",
                "The union has it; what it corrects has not arrived yet. It counts once it has.",
            ),
            Reason::IdTaken => self.0.pick(
                "工会已有一条编号相同的记录。请找管理员看一下。",
                "The union has another record with this number. See the administrator.",
            ),
            Reason::NotAllowed => self.0.pick(
                "工会已留存，但手机不能做这件事。请找档案员。",
                "The union has it, but a phone may not do this. See the registrar.",
            ),
            Reason::Refused => {
                self.0.pick("工会看过，没有采用。", "The union looked at it and did not accept it.")
            }
        }
    }
}
