export default {
  title: '工作台',
  nothing: '今天没有需要处理的事',
}
