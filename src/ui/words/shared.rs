//! Words both apps say: buttons, states, preferences, signing in, installing.

use super::Language;
use super::area::words;
use protocol::sign_in::{RefusalCode, Role};
use std::borrow::Borrow;

words! {
    /// Words both apps say.
    SharedWords {
        product: "六知道", "Liuzhidao";
        product_line: "困难职工家庭走访", "Home visits to workers’ families in hardship";
        // Buttons
        save: "保存", "Save";
        cancel: "取消", "Cancel";
        close: "关闭", "Close";
        back: "返回", "Back";
        undo: "撤销", "Undo";
        delete: "删除", "Delete";
        edit: "修改", "Change";
        add: "添加", "Add";
        next: "下一步", "Next";
        confirm: "确定", "OK";
        try_again: "再试一次", "Try again";
        search: "查找", "Search";
        more: "更多", "More";
        copy: "复制", "Copy";
        copied: "已复制", "Copied";
        choose: "请选择", "Choose";
        yes: "是", "Yes";
        no: "否", "No";
        required: "必填", "Required";
        optional: "可不填", "Optional";
        none: "无", "None";
        // States
        loading: "正在读取", "Loading";
        empty: "这里还没有内容", "Nothing here yet";
        failed: "没有成功", "That did not work";
        offline_calm: "现在没有网络，照常记录，有了网络会自动送出。", "No network now. Go on as usual; it is sent when there is one.";
        saved: "已存好", "Saved";
        update_ready: "有新版本", "A new version is ready";
        update_now: "现在更新", "Update now";
        // What stands beside what
        labelled(what: &str, words: &str): "{what}：{words}", "{what}: {words}";
        with_aside(name: &str, aside: &str): "{name}（{aside}）", "{name} ({aside})";
        // Days
        today: "今天", "Today";
        yesterday: "昨天", "Yesterday";
        before_yesterday: "前天", "Two days ago";
        tomorrow: "明天", "Tomorrow";
        days_over(days: i32): "超 {days} 天", "{days} d over";
        years_over(years: i32): "超 {years} 年", "{years} y over";
        days_left(days: i32): "还有 {days} 天", "{days} d left";
        days_ago(days: i32): "{days} 天前", "{days} d ago";
        due_today: "今天到期", "Due today";
        age(years: i32): "{years} 岁", "age {years}";
        // Fields
        number_sure: "就是这个号", "It is right";
        field_year: "年", "Year";
        field_month: "月", "Month";
        yuan: "元", "yuan";
        loose_day_hint: "如 20150820、201508、2015", "e.g. 20150820, 201508, 2015";
        loose_day_ahead: "还没到这一天，请看一下", "This day is still to come: check it";
        loose_day_wrong: "请写成 20150820、201508 或 2015", "Write it as 20150820, 201508 or 2015";
        number_wrong: "请只写数字", "Digits only, please";
        characters_over(over: usize): "多了 {over} 字，请删短", "{over} characters too many: shorten it";
        span_minutes(count: i64): "{count} 分钟", "{count} min";
        span_hours(count: i64): "{count} 小时", "{count} h";
        span_days(count: i64): "{count} 天", "{count} d";
        span_years(count: i64): "{count} 年", "{count} y";
        characters_left(left: usize): "还能写 {left} 字", "{left} characters left";
        // Coverage
        bar_on_time: "按期", "on time";
        bar_overdue: "超期未访", "overdue";
        bar_never: "到期无走访记录", "due, no visit on record";
        bar_not_yet: "新建未到期", "new, not yet due";
        bar_sentence(on_time: u32, overdue: u32, never: u32, not_yet: u32): "按期 {on_time} 户，超期未访 {overdue} 户，到期无走访记录 {never} 户，新建未到期 {not_yet} 户", "{on_time} on time, {overdue} overdue, {never} due with no visit on record, {not_yet} new and not yet due";
        // Preferences
        preferences: "显示", "Display";
        pref_language: "语言 Language", "语言 Language";
        pref_chinese: "中文", "中文";
        pref_english: "English", "English";
        pref_size: "字的大小", "Type size";
        pref_size_normal: "标准", "Normal";
        pref_size_large: "大", "Large";
        pref_size_largest: "特大", "Largest";
        pref_theme: "明暗", "Light or dark";
        pref_theme_system: "随系统", "As the system";
        pref_theme_light: "亮", "Light";
        pref_theme_dark: "暗", "Dark";
        // Signing in
        sign_in: "登录", "Sign in";
        sign_out: "退出登录", "Sign out";
        sign_in_name: "姓名", "Name";
        password: "密码", "Password";
        password_new: "设一个密码", "Choose a password";
        password_again: "再输一次密码", "The password again";
        password_differs: "两次输入的不一样", "The two are not the same";
        password_rule: "至少 8 个字，不要用姓名或 12345678。", "At least 8 characters; not your name, not 12345678.";
        password_forgotten: "忘了密码？请档案员重新发一个链接。没送出的家访都在，不会丢。", "Forgotten? The registrar makes a new link. Unsent visits stay on this phone.";
        join_title: "第一次使用", "First use";
        join_with_code: "我有 8 位数字的邀请码", "I have an 8-digit code";
        join_code: "邀请码", "Code";
        join_code_hint: "8 位数字，档案员给的", "8 digits, from the registrar";
        join_welcome(name: &str, union: &str): "{name}，您好。这是{union}的六知道。", "Hello {name}. This is Liuzhidao of {union}.";
        signs_in_as(name: &str): "登录名 {name}", "signs in as {name}";
        telephone_ends(digits: &str): "尾号 {digits}", "ends {digits}";
        signs_in_next(name: &str): "以后登录，姓名一栏填：{name}", "To sign in, enter as your name: {name}";
        join_finish: "设好密码，开始使用", "Set the password and begin";
        demo_pick: "演示：请选一个人", "Demonstration: choose a person";
        demo_desk: "主席、档案员：到工会端试用", "Chair and registrar: try the desk";
        demo_note: "这里的人和家庭都是编的。", "All people and families here are invented.";
        // Installing
        install_title: "先装到手机桌面，再登录", "Put it on the home screen first, then sign in";
        install_why: "装到桌面以后，没有网络也能打开，记录不会被系统清掉。", "From the home screen it opens without a network, and the system does not clear your records.";
        install_iphone_1: "点下面的“分享”（iPad 在右上角）", "Tap Share below (iPad: top right)";
        install_iphone_2: "往上划，点“添加到主屏幕”", "Scroll up, tap “Add to Home Screen”";
        install_iphone_then: "然后从桌面的图标打开，在那里登录。", "Then open it from the icon and sign in there.";
        install_android_1: "点右上角的“⋮”", "Tap ⋮ at the top right";
        install_android_2: "点“安装应用”或“添加到主屏幕”", "Tap “Install app” or “Add to Home screen”";
        install_android_then: "然后从桌面的图标打开，在那里登录。", "Then open it from the icon and sign in there.";
        install_now: "装到桌面", "Install";
        install_iphone: "苹果手机", "iPhone";
        install_android: "安卓手机", "Android";
        install_step(step: u8): "第 {step} 步", "Step {step}";
        // Complaints about the app
        feedback: "对这个软件有话说", "Something to say about this app";
        feedback_hint: "哪里不好用、哪里写错了，都可以写。工会会看到。", "What is awkward, what is wrong: write it. The union reads it.";
        feedback_thanks: "已记下，会送到工会。", "Noted; it goes to the union.";
    }
}

impl SharedWords {
    /// Several in a row: 姓名、住址.
    #[must_use]
    pub fn list<S: Borrow<str>>(self, parts: &[S]) -> String {
        parts.join(self.0.pick("、", ", "))
    }

    /// Several clauses in a row, each with words of its own.
    #[must_use]
    pub fn clauses(self, parts: &[String]) -> String {
        parts.join(self.0.pick("；", "; "))
    }

    /// The name of a role.
    #[must_use]
    pub const fn role(self, role: Role) -> &'static str {
        match role {
            Role::Chair => self.0.pick("工会主席", "Chair"),
            Role::Registrar => self.0.pick("档案员", "Registrar"),
            Role::Helper => self.0.pick("帮扶人", "Helper"),
            Role::Supervisor => self.0.pick("监督员", "Supervisor"),
            Role::Admin => self.0.pick("管理员", "Administrator"),
        }
    }

    /// What was refused and what to do now.
    #[must_use]
    pub const fn refusal(self, code: RefusalCode) -> &'static str {
        let (zh, en) = refusal(code);
        match self.0 {
            Language::Chinese => zh,
            Language::English => en,
        }
    }
}

/// One sentence per refusal, Chinese and English.
const fn refusal(code: RefusalCode) -> (&'static str, &'static str) {
    match code {
        RefusalCode::SignInNeeded => {
            ("请重新登录。没送出的都在，不会丢。", "Please sign in again. Nothing unsent is lost.")
        }
        RefusalCode::NotAllowed => (
            "这不在您的权限里。需要的话请找档案员。",
            "This is not yours to see or do. Ask the registrar if you need it.",
        ),
        RefusalCode::NotFound => {
            ("没有找到，或者不在您负责的范围内。", "Not found, or outside what you answer for.")
        }
        RefusalCode::WrongNameOrPassword => {
            ("姓名或密码不对。同名的人用发给您的登录名。", "Wrong. If your name is shared, use the login.")
        }
        RefusalCode::InvitationWrong => (
            "邀请码或链接不对，请核对姓名和 8 位数字。",
            "The code or link is wrong; check the name and the 8 digits.",
        ),
        RefusalCode::InvitationSpent => (
            "这个邀请已经用过或作废，请档案员重新发一个。",
            "This invitation was used or replaced; ask the registrar for a new one.",
        ),
        RefusalCode::InvitationExpired => (
            "这个邀请过了 7 天，请档案员重新发一个。",
            "This invitation is older than 7 days; ask the registrar for a new one.",
        ),
        RefusalCode::TooManyTries => {
            ("错的次数太多，请等几分钟再试。", "Too many wrong tries; wait a few minutes.")
        }
        RefusalCode::PasswordTooShort => ("密码太短，至少 8 个字。", "Too short: at least 8 characters."),
        RefusalCode::PasswordTooLong => ("密码太长，最多 128 个字。", "Too long: at most 128 characters."),
        RefusalCode::PasswordTooCommon => {
            ("这个密码太容易猜到，请换一个。", "This password is too easy to guess; choose another.")
        }
        RefusalCode::NameTaken => (
            "这个登录名已有人用，请在后面加个数字。",
            "Somebody signs in with this name; add a number to it.",
        ),
        RefusalCode::NotUnderstood => (
            "软件版本和工会的不一致，请刷新后再试。",
            "The app and the office differ in version; reload and try again.",
        ),
        RefusalCode::FieldInvalid => ("有一项没有填，或者太长。", "A field is empty or too long."),
        RefusalCode::HeaderMissing => ("请刷新页面后再试。", "Reload the page and try again."),
        RefusalCode::TooLarge => ("一次送的太多，请分几次。", "Too much at once; send less."),
        RefusalCode::UnitInUse
        | RefusalCode::UnitClosed
        | RefusalCode::UnitUnderItself
        | RefusalCode::LevelNotBelow
        | RefusalCode::SeatsHeld
        | RefusalCode::FileMerged
        | RefusalCode::PersonLeft
        | RefusalCode::Left
        | RefusalCode::LastAdministrator
        | RefusalCode::CategoriesInUse
        | RefusalCode::RulesPast
        | RefusalCode::RosterChanged
        | RefusalCode::RosterBuiltUpon
        | RefusalCode::RosterFileGone => of_the_union(code),
        RefusalCode::DiskFull => (
            "工会的服务器存满了，请告诉管理员。您的记录都在，稍后再送。",
            "The office’s disk is full; tell the administrator. Yours is kept; send later.",
        ),
        RefusalCode::OfficeFailed => (
            "工会的服务器出了问题，请稍后再试。您的记录都在。",
            "The office failed; try later. Everything of yours is kept.",
        ),
    }
}

/// Those about the union itself and its rosters. That each has its own is for the test of the words.
const fn of_the_union(code: RefusalCode) -> (&'static str, &'static str) {
    match code {
        RefusalCode::UnitInUse => (
            "这个单位有过住户、下级或人员，不能删除；不用了可以撤销。",
            "The unit has or had households, units or people: it can be closed, not removed.",
        ),
        RefusalCode::UnitClosed => (
            "这个单位已经撤销，不再收新的户、人员和下级。",
            "The unit is closed: it takes in no households, people or units.",
        ),
        RefusalCode::UnitUnderItself => {
            ("不能移到自己或自己的下级下面。", "A unit cannot stand below itself.")
        }
        RefusalCode::LevelNotBelow => (
            "级别不对：分会在矿工会下面，支会在分会下面，支会下面不再设单位。",
            "The levels do not fit: branches below the union, groups below branches, nothing below a group.",
        ),
        RefusalCode::FileMerged => (
            "这是合并成的档案：先撤销合并，再分别删除。",
            "This file was merged: undo the merge first, then erase each.",
        ),
        RefusalCode::SeatsHeld => (
            "这个人还是帮扶责任人，先把负责的户交出去。",
            "This person still answers for households; hand them over first.",
        ),
        RefusalCode::PersonLeft => {
            ("这个人已经离岗，先恢复再办。", "This person has left; take them back first.")
        }
        RefusalCode::Left => (
            "您已离岗，不再能看住户。没送出的还会送到工会。",
            "You have left: households are no longer yours to see. What is unsent still goes out.",
        ),
        RefusalCode::LastAdministrator => {
            ("至少要留一位管理员。", "At least one administrator has to remain.")
        }
        RefusalCode::CategoriesInUse => (
            "已经建了档，不能整套换；可以一条一条改、停用或新加。",
            "There are files already: change, close or add categories one by one.",
        ),
        RefusalCode::RulesPast => (
            "以前的规定不能改，新规定从今天或以后起。",
            "What held before today stays; a new rule begins today or later.",
        ),
        RefusalCode::RosterChanged => (
            "预览以后有变动，请再看一遍再导入。",
            "Something changed since the preview; look at it again before you import.",
        ),
        RefusalCode::RosterBuiltUpon => (
            "后来又导入过这些住户，先撤回后来的那一次。",
            "A later roster says something of the same households; take that one back first.",
        ),
        RefusalCode::RosterFileGone => {
            ("文件放了一天以上，请重新选一次。", "The file was kept for a day; choose it again.")
        }
        _ => refusal(RefusalCode::NotUnderstood),
    }
}
