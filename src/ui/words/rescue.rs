//! Words about a queue that was saved to a file and comes back into a phone.

use super::area::words;

words! {
    /// Words of a rescued queue.
    RescueWords {
        open: "取出还没送出的记录", "Take out what is unsent";
        starts_slowly: "还没打开。关掉六知道的其他页面，再打开一次；记录还在手机里。", "It has not opened yet. Close its other pages and open it again; what was recorded is still on this phone.";
        kind_sealed: "文件里收进来的记录", "Record from a file";
        kind_sealed_detail: "它是封好的，只有工会能看里面写了什么。", "It is sealed: only the union can read what it says.";
        take_out: "存成文件，交给档案员", "Save it to a file for the registrar";
        queue_file: "从文件收进待发的记录", "Take records in from a file";
        queue_file_why: "收“取出待发的记录”那一页存下来的文件。收几次都一样，不会变成两份；有网络时自己送到工会。只收自己的。", "Takes the file that the rescue page saved. Doing so twice does no harm; it goes to the union with the next network. Only your own.";
        queue_file_pick: "选文件", "Choose a file";
        queue_file_taken(taken: usize): "收进来 {taken} 条，在“待发”里。", "{taken} taken in; see To send.";
        queue_file_there(there: usize): "这 {there} 条手机里都有了，没有重复收。", "All {there} are on this phone already; none was doubled.";
        queue_file_is_none: "这个文件不是手机存下来的待发文件，或者不完整。什么都没有收进来，请重新存一次或换一个文件。", "This is no file of a phone’s queue, or not whole. Nothing was taken in; save it anew or choose another.";
        queue_file_for_desk: "这个文件里有这台手机认不出的记录，什么都没有收进来。请把文件交给自己工会的档案员。", "This phone does not know some of these records; nothing was taken in. Give the file to your own union’s registrar.";
    }
}
