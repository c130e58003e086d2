//! Words of the phone's page 我的: who one is, what this phone keeps, a word about the app, the way out.

use super::area::words;

words! {
    /// Words of 我的.
    MeWords {
        title: "我的", "Me";
        contact: "上次联系工会", "Last contact";
        contact_never: "还没有联系过", "none yet";
        version: "版本", "Version";
        browser: "浏览器", "Browser";
        inside(name: &str): "这台手机上已经登录了：{name}", "Signed in on this phone: {name}";
        to_list: "看走访名单", "To the list";
        households(count: usize): "{count} 户在本机", "Households here: {count}";
        feedback_about: "版本和浏览器会一起送出。", "The version and the browser are sent along.";
        feedback_send: "送出", "Send";
        feedback_words: "想说的话", "Your words";
        no_office: "现在联系不上工会，登录需要网络。", "The union cannot be reached; signing in needs a network.";
        sign_out_detail: "记录和草稿都留在这台手机里，没送出的会继续送。", "Records and drafts stay on this phone; what is unsent still goes out.";
        sign_out_network: "再登录要有网络；登录以前，看不到名单和写过的。", "Signing in again needs a network; until then neither the list nor what you wrote is shown.";
        sign_out_no_network: "现在联系不上工会。退出了要等有网络才能再登录；那以前看不到名单和写过的。", "The union cannot be reached. Once signed out, you need a network to sign in; until then neither the list nor what you wrote is shown.";
        sign_out_stay: "先不退出", "Stay signed in";
        sign_out_unsent(count: usize): "还有 {count} 条没送到工会。", "{count} not yet at the union.";
        sign_out_sure: "要退出吗？", "Sign out?";
        storage: "本机存储", "Storage on this phone";
        storage_ask: "请系统长期保留", "Ask the system to keep it";
        storage_kept: "不会被系统清掉", "the system does not clear it";
        storage_loose: "手机快满时可能被系统清掉。装到桌面、常用，就不会。", "may be cleared when the phone is full; on the home screen and used often, it is not";
        storage_refused: "系统没有答应。把它装到桌面、常打开，过几天再请一次。", "The system did not agree. Put it on the home screen, open it often, and ask again in some days.";
        // Browsers and systems, where Chinese has a name for them.
        wechat: "微信", "WeChat";
        wecom: "企业微信", "WeCom";
        dingtalk: "钉钉", "DingTalk";
        huawei: "华为浏览器", "Huawei Browser";
        xiaomi: "小米浏览器", "Xiaomi Browser";
        oppo: "OPPO 浏览器", "OPPO Browser";
        vivo: "vivo 浏览器", "vivo Browser";
        samsung: "三星浏览器", "Samsung Internet";
        uc: "UC 浏览器", "UC Browser";
        qq: "QQ 浏览器", "QQ Browser";
        quark: "夸克", "Quark";
        baidu: "百度", "Baidu";
        android: "安卓", "Android";
        harmony: "鸿蒙", "HarmonyOS";
        unknown: "其他", "another";
    }
}
