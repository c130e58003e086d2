//! Words of the forms by which a union sets itself up: units, people, invitations, settings.

use super::area::words;

words! {
    /// Words of the desk's forms.
    DeskFormsWords {
        // Units
        units_intro: "工会下面是分会，分会下面是支会。", "Branches below the union, groups below branches.";
        new_unit: "新建单位", "New unit";
        rename_unit: "改名", "Rename";
        rename(name: &str): "{name}：改名", "Rename {name}";
        add_below(name: &str): "在{name}下面新建", "New unit below {name}";
        below(name: &str): "建在：{name}", "Below: {name}";
        unit_name: "单位名称", "Name of the unit";
        level: "级别", "Level";
        level_above: "上级工会", "Above the union";
        level_union: "矿工会", "Union";
        level_branch: "分会", "Branch";
        level_group: "支会", "Group";
        // People
        people: "人员", "People";
        new_person: "新加人员", "New person";
        search_people: "找人：姓名、电话", "Name or telephone";
        person_name: "姓名", "Name";
        telephone: "电话", "Telephone";
        sign_in_name: "登录名", "Name to sign in with";
        sign_in_name_hint: "不填就用姓名；有同名的人时加个数字。", "Empty means the name; add a number where two share one.";
        roles: "角色", "Roles";
        roles_hint: "一个人可以有几个角色，各管各的单位。", "Somebody may hold several roles, each within a unit.";
        role: "角色", "Role";
        in_unit: "管哪个单位", "In";
        another_role: "再加一个角色", "Another role";
        remove_role: "去掉这个角色", "Remove this role";
        signing_in: "登录", "Signing in";
        last_contact: "上次联系", "Last contact";
        not_invited: "还没邀请", "Not invited";
        invited_until(when: &str): "已邀请，{when} 前有效", "Invited until {when}";
        invitation_ended: "邀请已过期或作废", "Invitation ended";
        joined: "已能登录", "Can sign in";
        // Invitations
        invite: "发邀请", "Invite";
        invite_again: "重新发邀请", "Invite again";
        invite_forgotten: "忘了密码：重新发邀请", "Password forgotten: new invitation";
        invitation: "邀请", "Invitation";
        qr: "邀请二维码", "QR of the invitation";
        scan_hint: "请本人用手机相机扫。苹果手机先装到桌面，再用下面的姓名和数字。", "Scan with the phone’s camera. On an iPhone install first, then use the name and digits below.";
        by_link: "或者打开链接", "Or open the link";
        by_code: "或者输入姓名和 8 位数字", "Or type the name and eight digits";
        address: "网址", "Address";
        valid_until(when: &str): "{when} 前有效，用一次就作废。", "Valid until {when}, once.";
        shown_once: "只显示这一次。关掉以后要用，就重新发一个。", "Shown only now. Make a new one if it is needed later.";
        copy_link: "复制链接", "Copy the link";
        copy_by_hand: "浏览器不让复制，请手动选中链接。", "The browser does not allow it; select the link by hand.";
        // Settings
        settings: "设置", "Settings";
        the_union: "本工会", "This union";
        union_name: "工会名称", "Name of the union";
        time_zone: "时区（比世界时早）", "Time zone (ahead of UTC)";
        time_zone_hint: "中国是 480", "China is 480";
        minutes: "分钟", "minutes";
        categories: "困难职工类别", "Categories";
        categories_note: "建档时从这里选。", "Chosen from when a file is opened.";
        visited_every(days: u16): "每 {days} 天走访一次", "visited every {days} days";
        unnamed: "（未命名）", "(no name)";
        upkeep: "服务器与备份", "Server and backups";
        backup_old: "数据库超过一周没有备份。请管理员运行 liuzhidao backup。", "No backup of the database for over a week. The administrator runs liuzhidao backup.";
        keys_not_kept: "密钥还没有备份。没有它，手机里没送到的记录就打不开了。请管理员运行 liuzhidao backup --keys。", "The keys were never backed up. Without them unsent records cannot be opened. The administrator runs liuzhidao backup --keys.";
        last_backup: "上次备份", "Last backup";
        last_keys_backup: "上次备份密钥", "Last backup of the keys";
        never: "从来没有", "Never";
        entries: "记录条数", "Entries";
        version: "版本", "Version";
        epochs: "启用与恢复", "Begun and restored";
    }
}
